// Publishes usage: node publish.js FILE.ndjson SOURCE
//
// FILE has one event a line: {"workspace_id", "occurred_at", "resource" if any, "readings": {meter: quantity}}.
// SOURCE names this file's events for ever: published again under the same name they count once, so after a crash run it again.
'use strict';

const fs = require('node:fs');
const path = require('node:path');
const { Partitioners } = require('kafkajs');
const { AvroSerializer, SerdeType } = require('@confluentinc/schemaregistry');
const { kafka, registry } = require('./connection');

const TOPIC = 'usage-events';
const SUBJECT = `${TOPIC}-value`;
const SCHEMA_FILE =
  process.env.USAGE_EVENT_SCHEMA ?? path.join(__dirname, '../../../schemas/src/main/avro/UsageEvent.avsc');
const BATCH = 500;

/** The events of a file, numbered 0, 1, 2, … for each workspace: with source and workspace, the number is an event's identity. */
function events(file, source) {
  const numbers = new Map();
  return fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => event(JSON.parse(line), source, numbers));
}

function event(measured, source, numbers) {
  const sequence = numbers.get(measured.workspace_id) ?? 0;
  numbers.set(measured.workspace_id, sequence + 1);
  return {
    workspace_id: measured.workspace_id,
    source,
    sequence,
    event_id: String(sequence),
    occurred_at: new Date(measured.occurred_at).getTime(),
    resource: measured.resource ?? '',
    readings: Object.entries(measured.readings).map(([meter, quantity]) => ({ meter, quantity })),
  };
}

/** The first producer of an installation registers the schema; the others write by what they find. */
async function requireSchema() {
  try {
    await registry.getLatestSchemaMetadata(SUBJECT);
  } catch (failure) {
    if (failure.status !== 404) {
      throw failure;
    }
    await registry.register(SUBJECT, { schemaType: 'AVRO', schema: fs.readFileSync(SCHEMA_FILE, 'utf8') });
  }
}

async function main(file, source) {
  await requireSchema();
  const serializer = new AvroSerializer(registry, SerdeType.VALUE, { autoRegisterSchemas: false, useLatestVersion: true });
  // The default partitioner of kafkajs 2 is murmur2, as Java's; LegacyPartitioner is not, and every event would be rerouted.
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    idempotent: true,
    maxInFlightRequests: 1,
  });
  await producer.connect();
  try {
    const all = events(file, source);
    const sent = new Map();
    for (let first = 0; first < all.length; first += BATCH) {
      const messages = await Promise.all(
        all.slice(first, first + BATCH).map(async (each) => ({
          key: each.workspace_id,
          value: await serializer.serialize(TOPIC, each),
        })),
      );
      // acks -1: every copy in sync has them. What is not acknowledged throws.
      const acknowledged = await producer.send({ topic: TOPIC, acks: -1, messages });
      acknowledged.forEach(({ partition, baseOffset }) => sent.set(partition, baseOffset));
    }
    console.log(`${all.length} events acknowledged, on partitions ${[...sent.keys()].sort((a, b) => a - b).join(', ')}`);
  } finally {
    await producer.disconnect();
  }
}

if (process.argv.length !== 4) {
  console.error('usage: node publish.js FILE.ndjson SOURCE');
  process.exit(2);
}
main(process.argv[2], process.argv[3]).catch((failure) => {
  console.error(`${failure.message}\nNot everything was acknowledged: run it again with the same SOURCE.`);
  process.exit(1);
});
