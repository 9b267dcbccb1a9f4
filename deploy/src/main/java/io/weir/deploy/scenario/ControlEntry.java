package io.weir.deploy.scenario;

/**
 * One control record as a file has it.
 *
 * @param place where it stands
 * @param change the record; where the file is not readable, harmless values stand in it
 */
public record ControlEntry(Place place, ControlChange change) {}
