package io.weir.metering.recomputation;

import static java.util.Comparator.comparing;

import io.weir.metering.recomputation.LocalHours.Window;
import io.weir.metering.recomputation.Scenario.Binding;
import io.weir.metering.recomputation.Scenario.Item;
import io.weir.metering.recomputation.Scenario.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who pays for a workspace and at which retention, as of the start of a window (rules.md §6). */
record Terms(LocalHours hours, List<Binding> bindings, List<Retention> retentions) {

    /** The account bound at the window's start; null if the window is not billed. */
    @Nullable
    String account(Window window) {
        return bindings.stream()
                .filter(binding -> !effect(binding.effectiveFrom()).isAfter(window.start()))
                .max(comparing((Binding binding) -> effect(binding.effectiveFrom()))
                        .thenComparing(Binding::seq))
                .map(Binding::accountId)
                .orElse(null);
    }

    /** The retention in days for an item of a resource at the window's start; null for items without one. */
    @Nullable
    Integer retention(Item item, String resource, Window window) {
        if (item.category().isEmpty()) {
            return item.defaultRetentionDays();
        }
        Predicate<Retention> category = setting -> setting.category().equals(item.category());
        return setting(category.and(setting -> setting.resource().equals(resource)), window)
                .or(() -> setting(category.and(setting -> setting.resource().isEmpty()), window))
                .map(Retention::days)
                .orElse(item.defaultRetentionDays());
    }

    private Optional<Retention> setting(Predicate<Retention> wanted, Window window) {
        Function<Retention, Instant> effect = setting -> effect(setting.effectiveFrom());
        return retentions.stream()
                .filter(wanted)
                .filter(setting -> !effect.apply(setting).isAfter(window.start()))
                .reduce((one, next) -> effect.apply(one).isAfter(effect.apply(next)) ? one : next);
    }

    private Instant effect(Instant effectiveFrom) {
        return hours.startAtOrAfter(effectiveFrom);
    }
}
