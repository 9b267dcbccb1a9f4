// Decodes each record of standard input ("topic hex" a line) and prints what it is encoded to again.
'use strict';

const readline = require('node:readline');
const { AvroDeserializer, AvroSerializer, SerdeType } = require('@confluentinc/schemaregistry');
const { registry } = require('./connection');

async function main() {
  const deserializer = new AvroDeserializer(registry, SerdeType.VALUE, {});
  const serializer = new AvroSerializer(registry, SerdeType.VALUE, { autoRegisterSchemas: false, useLatestVersion: true });
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [topic, hex] = line.split(' ');
    const value = await deserializer.deserialize(topic, Buffer.from(hex, 'hex'));
    console.log(`${topic} ${(await serializer.serialize(topic, value)).toString('hex')}`);
  }
}

main();
