package io.weir.deploy.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What {@code acls.sh} grants, and what the page says of it. */
class GrantsTest {

    private static final Path PAGE = Path.of("SECURITY.md");

    /** One permission, as a row of the page's table. */
    private record Grant(String user, String operation, String resource) {
        String row() {
            return "| `%s` | %s | %s |".formatted(user, operation, resource);
        }
    }

    @Test
    void thePageListsExactlyWhatTheScriptGrants() throws IOException {
        assertThat(Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("| `User:")))
                .containsExactlyElementsOf(
                        grants(KafkaScript.ACLS).stream().map(Grant::row).toList());
    }

    @Test
    void onlyTheMeteringStreamMayWriteBillLines() throws IOException {
        assertThat(grants(KafkaScript.ACLS))
                .filteredOn(grant -> grant.operation().equals("Write"))
                .filteredOn(grant -> grant.resource().equals("topic `fee-center.bill-lines`"))
                .extracting(Grant::user)
                .containsExactly("User:weir-metering");
    }

    @Test
    void nobodyMayDeleteOrAlterAnything() throws IOException {
        assertThat(grants(KafkaScript.ACLS))
                .extracting(Grant::operation)
                .containsOnly("Read", "Write", "Create", "Describe", "DescribeConfigs");
    }

    @Test
    void aPartWithoutAUserIsGrantedNothing() throws IOException {
        assertThat(grants(KafkaScript.ACLS.with("OPERATOR", "")))
                .isNotEmpty()
                .extracting(Grant::user)
                .doesNotContain("User:weir-operator", "");
    }

    @Test
    void anotherApplicationIdMovesEverythingThatIsNamedByIt() throws IOException {
        assertThat(grants(KafkaScript.ACLS.with("APPLICATION_ID", "other")))
                .extracting(Grant::resource)
                .contains("group `other`", "topics `other-…`", "transactional ids `other-…`")
                .doesNotContain("group `weir-metering`", "topics `weir-metering-…`");
    }

    private static List<Grant> grants(KafkaScript script) throws IOException {
        List<Grant> grants = new ArrayList<>();
        for (List<String> command : script.commands()) {
            String user = values(command, "--allow-principal").get(0);
            for (String resource : resources(command)) {
                values(command, "--operation").forEach(each -> grants.add(new Grant(user, each, resource)));
            }
        }
        return grants;
    }

    private static List<String> resources(List<String> command) {
        boolean prefixed = values(command, "--resource-pattern-type").contains("prefixed");
        List<String> resources = new ArrayList<>();
        for (String kind : List.of("topic", "group", "transactional-id")) {
            String name = kind.replace('-', ' ').toLowerCase(Locale.ROOT) + (prefixed ? "s" : "");
            values(command, "--" + kind)
                    .forEach(value -> resources.add("%s `%s%s`".formatted(name, value, prefixed ? "…" : "")));
        }
        return resources;
    }

    private static List<String> values(List<String> command, String option) {
        List<String> values = new ArrayList<>();
        for (int word = 1; word < command.size(); word++) {
            if (command.get(word - 1).equals(option)) {
                values.add(command.get(word));
            }
        }
        return values;
    }
}
