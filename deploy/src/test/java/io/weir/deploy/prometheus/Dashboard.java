package io.weir.deploy.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A shipped dashboard of Grafana.
 *
 * @param name its file
 * @param content what is in it
 */
record Dashboard(String name, JsonNode content) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A query of a panel, with the panel's title and, in the place of variables, what Grafana would put there. */
    record Query(String dashboard, String panel, String promQl) {}

    /** All of them. */
    static List<Dashboard> shipped() {
        return Stream.of("operator.json", "business.json").map(Dashboard::read).toList();
    }

    private static Dashboard read(String name) {
        try {
            return new Dashboard(
                    name, JSON.readTree(Path.of("grafana").resolve(name).toFile()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The panels that show something. */
    List<JsonNode> panels() {
        List<JsonNode> panels = new ArrayList<>();
        content.path("panels").forEach(panel -> {
            if (!panel.path("type").asText().equals("row")) {
                panels.add(panel);
            }
        });
        return panels;
    }

    /** The queries of all panels. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            panel.path("targets")
                    .forEach(target -> queries.add(new Query(
                            name,
                            panel.path("title").asText(),
                            filledIn(target.path("expr").asText()))));
        }
        return queries;
    }

    private static String filledIn(String expression) {
        return expression.replace("$__rate_interval", "1m").replaceAll("\\$(currency|site|item)", ".*");
    }
}
