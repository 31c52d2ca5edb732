import type { EventDefinition } from './define-event.ts';
import { jsonSchemaOf } from './json-schema.ts';

/** Who listens to what. */
export interface Listener {
  readonly service: string;
  /** The subscription's name, `<service>.<verb>`. */
  readonly name: string;
  readonly topic: string;
}

export interface AsyncApiInput {
  readonly version: string;
  readonly eventsByPublisher: Readonly<Record<string, readonly EventDefinition[]>>;
  readonly listeners: readonly Listener[];
  /** The example message of each event, by topic. */
  readonly exampleOf: (definition: EventDefinition) => unknown;
  /** The topic exchange that all events go to. */
  readonly exchange: string;
}

export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0';
  readonly [section: string]: unknown;
}

/** The AsyncAPI 3.0 document of all events: the same events and listeners give the same document, in whatever order they are listed. */
export const asyncApiDocument = (input: AsyncApiInput): AsyncApiDocument => {
  const published = Object.entries(input.eventsByPublisher)
    .flatMap(([service, definitions]) => definitions.map((definition) => ({ service, definition })))
    .sort((a, b) => compare(a.definition.topic, b.definition.topic));
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Orderbus events',
      version: input.version,
      description: [
        'Every event is published to one topic exchange, under its type and version as the routing key; each service has one queue.',
        'Delivery is at least once: `id` says whether a message was seen before, `aggregateVersion` its place among the events of its order.',
        'Adding an optional field keeps the version: ignore fields that you do not know.',
      ].join(' '),
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(published.map(({ definition }) => [definition.topic, channelOf(definition, input.exchange)])),
    operations: Object.fromEntries([
      ...published.map(({ service, definition }) => [`${service}.publish.${definition.topic}`, send(service, definition.topic)]),
      ...input.listeners
        .map((listener) => [`${listener.name}.${listener.topic}`, receive(listener)] as const)
        .sort(([a], [b]) => compare(a, b)),
    ]),
    components: {
      messages: Object.fromEntries(published.map(({ definition }) => [definition.topic, messageOf(definition, input.exampleOf)])),
    },
  };
};

const channelOf = ({ topic, type, version }: EventDefinition, exchange: string) => ({
  address: topic,
  title: `${type}, version ${version}`,
  messages: { [topic]: { $ref: `#/components/messages/${topic}` } },
  bindings: {
    amqp: {
      is: 'routingKey',
      exchange: { name: exchange, type: 'topic', durable: true, autoDelete: false, vhost: '/' },
      bindingVersion: '0.3.0',
    },
  },
});

const send = (service: string, topic: string) => ({
  action: 'send',
  summary: `Published by ${service}`,
  tags: [{ name: service }],
  ...about(topic),
});

const receive = ({ service, topic }: Listener) => ({
  action: 'receive',
  summary: `Listened to by ${service}`,
  tags: [{ name: service }],
  ...about(topic),
});

const about = (topic: string) => ({
  channel: { $ref: `#/channels/${topic}` },
  messages: [{ $ref: `#/channels/${topic}/messages/${topic}` }],
});

const messageOf = (definition: EventDefinition, exampleOf: AsyncApiInput['exampleOf']) => ({
  name: definition.type,
  title: definition.topic,
  contentType: 'application/json',
  payload: jsonSchemaOf(definition),
  examples: [{ name: 'complete', summary: 'With every optional field', payload: exampleOf(definition) }],
});

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
