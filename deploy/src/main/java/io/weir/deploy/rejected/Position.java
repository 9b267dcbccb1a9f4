package io.weir.deploy.rejected;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a record arrived on {@code usage-events}; written {@code PARTITION:OFFSET}. */
record Position(int partition, long offset) {

    @Override
    public String toString() {
        return partition + ":" + offset;
    }

    /** Reads a position of the command line. */
    static final class Converter implements ITypeConverter<Position> {

        /** For picocli. */
        Converter() {}

        @Override
        public Position convert(String text) {
            try {
                int colon = text.indexOf(':');
                return new Position(
                        Integer.parseInt(text.substring(0, Math.max(0, colon))),
                        Long.parseLong(text.substring(colon + 1)));
            } catch (NumberFormatException other) {
                throw new TypeConversionException("'" + text + "' is not PARTITION:OFFSET, such as 2:17");
            }
        }
    }
}
