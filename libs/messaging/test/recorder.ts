import type { BatchHandler, Delivery, OutgoingMessage, ParkedMessage, Settlement } from '../src/index.ts';

/** A handler that remembers what it was given. */
export interface Recorder {
  readonly handle: BatchHandler;
  readonly batches: Delivery[][];
  readonly ids: () => string[];
}

export const recorder = (decide: (delivery: Delivery) => Settlement = () => ({ fate: 'done' })): Recorder => {
  const batches: Delivery[][] = [];
  return {
    batches,
    ids: () => batches.flat().map(({ id }) => id),
    handle: async (batch) => {
      batches.push([...batch]);
      return batch.map(decide);
    },
  };
};

export const parkedRecorder = () => {
  const messages: ParkedMessage[] = [];
  return {
    messages,
    handle: async (message: ParkedMessage) => {
      messages.push(message);
    },
  };
};

export const messagesOn = (topic: string, count: number, prefix = 'm'): OutgoingMessage[] =>
  Array.from({ length: count }, (_, index) => message(topic, `${prefix}${index}`));

export const message = (topic: string, id: string, body = `{"number":"${id}"}`): OutgoingMessage => ({
  id,
  topic,
  key: `order-${id}`,
  body,
  headers: { traceparent: `00-${id}` },
});

export const idsOf = (messages: readonly OutgoingMessage[]): string[] => messages.map(({ id }) => id);
