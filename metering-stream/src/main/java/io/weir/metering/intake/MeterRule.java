package io.weir.metering.intake;

/**
 * What the catalogue says of a meter.
 *
 * @param meter its name
 * @param peak whether it is a MAX meter, which never changes
 * @param limitPerEvent largest quantity of one event, base units
 */
public record MeterRule(String meter, boolean peak, long limitPerEvent) {}
