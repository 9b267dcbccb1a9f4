package io.weir.deploy.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A container file, as far as the checks need it.
 *
 * @param instructions all of them in their order, without comments, each on one line
 */
record ContainerFile(List<String> instructions) {

    static final Path FOLDER = Path.of("containers");

    private static final Pattern VARIABLE = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))");

    /** The file by which the image of this name is built. */
    static ContainerFile of(String name) {
        try {
            String text = Files.readString(FOLDER.resolve(name + ".Dockerfile"));
            String joined = text.replaceAll("(?m)^#.*\\R", "").replaceAll("\\\\\\R\\s*", "");
            return new ContainerFile(
                    joined.lines().filter(line -> !line.isBlank()).toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What stands behind each instruction of this kind. */
    List<String> all(String kind) {
        return instructions.stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> line.substring(kind.length()).strip())
                .toList();
    }

    /** What stands behind the instruction of this kind, of which there is one. */
    String only(String kind) {
        List<String> found = all(kind);
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " instructions " + kind + ", not one");
        }
        return found.get(0);
    }

    /** The variables that a container of the image starts with, but for those of its base. */
    Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>();
        for (String definition : all("ENV")) {
            Matcher matcher = VARIABLE.matcher(definition);
            while (matcher.find()) {
                variables.put(matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
            }
        }
        return variables;
    }
}
