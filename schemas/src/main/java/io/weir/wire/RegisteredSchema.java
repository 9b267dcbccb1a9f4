package io.weir.wire;

import org.apache.avro.Schema;

/**
 * A schema and the id under which the registry knows it.
 *
 * @param id the registry's number of the schema, 1 or more
 * @param schema the schema
 */
public record RegisteredSchema(int id, Schema schema) {}
