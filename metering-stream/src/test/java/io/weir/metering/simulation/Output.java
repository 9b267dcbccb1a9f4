package io.weir.metering.simulation;

import org.apache.avro.specific.SpecificRecord;

/**
 * A record that the line wrote.
 *
 * @param topic where it stands
 * @param partition the partition of {@code usage-events} whose task wrote it
 * @param value what it says
 */
record Output(String topic, int partition, SpecificRecord value) {}
