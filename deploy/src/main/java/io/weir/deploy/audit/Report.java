package io.weir.deploy.audit;

import java.io.PrintWriter;
import java.util.List;

/** The checks as an operator reads them: a block for each, in 100 columns. */
final class Report {

    private static final int WIDTH = 100;

    private final PrintWriter out;

    Report(PrintWriter out) {
        this.out = out;
    }

    /** Prints all checks, and a last line that says whether everything holds. */
    void print(List<Check> checks) {
        checks.forEach(this::print);
        long differing = checks.stream().filter(check -> !check.holds()).count();
        out.println(
                differing == 0
                        ? "Everything adds up."
                        : "%d of %d checks do not hold.".formatted(differing, checks.size()));
        out.flush();
    }

    private void print(Check check) {
        String verdict = check.holds() ? "OK" : "%,d DIFFER".formatted(check.violationCount());
        out.println(check.title() + " ".repeat(WIDTH - check.title().length() - verdict.length()) + verdict);
        check.remarks().forEach(remark -> printWrapped("  ", remark));
        check.violations().forEach(violation -> printWrapped("  ! ", violation));
        long more = check.violationCount() - check.violations().size();
        if (more > 0) {
            out.printf("  ! … and %,d more%n", more);
        }
        out.println();
    }

    private void printWrapped(String indent, String text) {
        String rest = text;
        String lead = indent;
        while (lead.length() + rest.length() > WIDTH) {
            int space = rest.lastIndexOf(' ', WIDTH - lead.length());
            int cut = space > 0 ? space : WIDTH - lead.length();
            out.println(lead + rest.substring(0, cut));
            rest = rest.substring(cut).strip();
            lead = " ".repeat(indent.length() + 2);
        }
        out.println(lead + rest);
    }
}
