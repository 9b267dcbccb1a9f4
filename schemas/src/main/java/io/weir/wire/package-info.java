/**
 * What travels: the topics, the Avro serde in Confluent's wire format, and the schema registry's client.
 *
 * <p>Read {@link io.weir.wire.Topics} first, then {@link io.weir.wire.AvroDeserializer} with {@link
 * io.weir.wire.UnreadableRecord}, then {@link io.weir.wire.SchemaRegistry}. Nothing here knows what a record means.
 */
@NullMarked
package io.weir.wire;

import org.jspecify.annotations.NullMarked;
