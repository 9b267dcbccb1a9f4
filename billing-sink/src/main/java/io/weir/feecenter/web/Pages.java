package io.weir.feecenter.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import io.weir.feecenter.account.AccountRefused;
import io.weir.feecenter.settlement.SwitchRefused;
import io.weir.feecenter.settlement.WalletRefused;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Shows pages, and answers the forms on them. */
final class Pages {

    private static final int REFUSED = 422;

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

    /** A page without a matter of its own. */
    void show(Context context, String template) {
        show(context, template, Map.of());
    }

    /** A page about something, given by the names of the template's parameters. */
    void show(Context context, String template, Map<String, Object> matter) {
        Map<String, Object> parameters = new HashMap<>(matter);
        parameters.put("frame", Frame.of(context));
        StringOutput page = new StringOutput();
        templates.render(template + ".jte", parameters, page);
        context.html(page.toString());
    }

    /** A handler that may refuse. */
    @FunctionalInterface
    interface Page {
        void show(Context context);
    }

    /**
     * Does what a form asks for and goes on to another page; if it is refused, shows the form again with the reason.
     *
     * @param deed what is asked for; returns where to go on, with what to say there
     * @param again shows the page of the form
     */
    void submit(Context context, Supplier<String> deed, Page again) {
        answer(context, () -> context.redirect(deed.get(), io.javalin.http.HttpStatus.SEE_OTHER), again);
    }

    /**
     * Does what a form asks for and answers by itself, with what must not stand in an address; if it is refused, shows the form again
     * with the reason.
     *
     * @param again shows the page of the form
     */
    void answer(Context context, Runnable deed, Page again) {
        try {
            deed.run();
        } catch (AccountRefused refused) {
            refuse(context, Frame.of(context).t(refused.refusal()), again);
        } catch (WalletRefused refused) {
            refuse(context, Frame.of(context).t("WalletRefused." + refused.reason()), again);
        } catch (InputRefused refused) {
            refuse(context, refused.in(Frame.of(context).words()), again);
        }
    }

    private static void refuse(Context context, String why, Page again) {
        context.status(REFUSED);
        context.attribute("frame", Frame.of(context).refused(why, typed(context)));
        again.show(context);
    }

    private static Map<String, String> typed(Context context) {
        Map<String, String> typed = new HashMap<>();
        context.formParamMap().forEach((field, values) -> {
            if (!field.contains("password") && !values.isEmpty()) {
                typed.put(field, values.get(0));
            }
        });
        return typed;
    }

    /** What was typed into a field, without the spaces around it; empty if nothing was. */
    static String typed(Context context, String field) {
        String value = context.formParam(field);
        return value == null ? "" : value.strip();
    }

    /**
     * What was chosen from a list that has a value of an enum each.
     *
     * @throws InputRefused if it is none of them
     */
    static <E extends Enum<E>> E oneOf(Class<E> values, Context context, String field) {
        String chosen = typed(context, field);
        return Arrays.stream(values.getEnumConstants())
                .filter(value -> value.name().equals(chosen))
                .findFirst()
                .orElseThrow(() -> new InputRefused("refused.choice"));
    }

    /** A value in the form in which it stands in an address behind {@code =}. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Refuses a change of the settlement method for its reason. */
    static InputRefused refused(SwitchRefused why) {
        return new InputRefused("SwitchRefused." + why.name());
    }
}
