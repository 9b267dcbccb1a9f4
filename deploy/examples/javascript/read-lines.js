// Reads the bill lines, for ever: node read-lines.js [GROUP]
//
// Prints each as JSON. A line may come twice after a crash: post it by its line_id, once.
'use strict';

const { AvroDeserializer, SerdeType } = require('@confluentinc/schemaregistry');
const { kafka, registry } = require('./connection');

const TOPIC = 'fee-center.bill-lines';
const MILLIS_OF_A_DAY = 24 * 60 * 60 * 1000;

const day = (number) => new Date(number * MILLIS_OF_A_DAY).toISOString().slice(0, 10);
const instant = (millis) => (millis === null ? null : new Date(millis).toISOString());

/** Quantities and amounts stay the decimal strings that they are: a JavaScript number would round them. */
function printable(line) {
  return {
    ...line,
    day: day(line.day),
    price: line.price === null ? null : { ...line.price, effective_from: day(line.price.effective_from) },
    first_ingested_at: instant(line.first_ingested_at),
    last_ingested_at: instant(line.last_ingested_at),
  };
}

async function main(groupId) {
  const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});
  // Lines of a transaction that was given up are no lines: readUncommitted stays false, which is the default.
  const consumer = kafka.consumer({ groupId, readUncommitted: false });
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => consumer.disconnect());
  }
  await consumer.connect();
  await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
  await consumer.run({
    // The position is committed after a line was taken: at least once.
    eachMessage: async ({ message }) => {
      console.log(JSON.stringify(printable(await deserializer.deserialize(TOPIC, message.value))));
    },
  });
}

main(process.argv[2] ?? 'weir-example').catch((failure) => {
  console.error(failure.message);
  process.exit(1);
});
