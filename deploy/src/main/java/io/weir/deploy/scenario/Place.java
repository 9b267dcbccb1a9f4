package io.weir.deploy.scenario;

/**
 * Where something stands in a file of control records.
 *
 * @param file name of the file, without its folder
 * @param path JSON pointer (RFC 6901) within it, e.g. {@code /3/effective_from}; empty for the whole file
 */
public record Place(String file, String path) {

    /** The place of a field or an element of what stands here. */
    public Place at(Object name) {
        return new Place(file, path + "/" + name);
    }

    /** Whether this place is that one or a part of it. */
    boolean isWithin(Place whole) {
        return file.equals(whole.file) && (path + "/").startsWith(whole.path + "/");
    }
}
