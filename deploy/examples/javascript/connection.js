// Where Kafka and the registry are, from the environment: what both examples share.
'use strict';

const { CompressionCodecs, CompressionTypes, Kafka, logLevel } = require('kafkajs');
const lz4 = require('lz4js');
const { SchemaRegistryClient } = require('@confluentinc/schemaregistry');

// Weir's records are compressed with LZ4, which kafkajs leaves to others.
CompressionCodecs[CompressionTypes.LZ4] = () => ({
  compress: async (encoder) => Buffer.from(lz4.compress(encoder.buffer)),
  decompress: async (buffer) => Buffer.from(lz4.decompress(buffer)),
});

const kafka = new Kafka({
  clientId: 'weir-example',
  brokers: (process.env.KAFKA_BOOTSTRAP_SERVERS ?? '127.0.0.1:9092').split(','),
  logLevel: logLevel.ERROR,
});

// Several URLs are tried in turn. User and password: basicAuthCredentials; a token: bearerAuthCredentials.
const registry = new SchemaRegistryClient({
  baseURLs: (process.env.SCHEMA_REGISTRY_URL ?? 'http://127.0.0.1:8081').split(','),
});

module.exports = { kafka, registry };
