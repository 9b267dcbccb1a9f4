package io.weir.deploy.scenario;

/**
 * One thing that is wrong in a file of control records.
 *
 * @param place where
 * @param what what is wrong, with the value, and what to do
 */
public record Mistake(Place place, String what) {}
