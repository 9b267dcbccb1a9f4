package io.weir.deploy.scenario;

import io.weir.billing.ControlRecord;

/**
 * One record of the control topic.
 *
 * @param key id of what changes
 * @param record the change
 */
public record ControlChange(String key, ControlRecord record) {}
