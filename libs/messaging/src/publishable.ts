import { AppError } from '@orderbus/kernel';
import type { OutgoingMessage } from './port.ts';

/** AMQP's short strings end at 255 bytes; its header frame at 64 KiB, of which our own headers and the error of a parked message need a part. */
const maxNameBytes = 255;
const maxHeaderBytes = 32 * 1024;

/** Refuses what no broker could ever take, before anything is published: a mistake of the caller, not a state of the broker. */
export const assertPublishable = (messages: readonly OutgoingMessage[], maxBodyBytes: number): void => {
  for (const message of messages) {
    for (const field of ['id', 'topic'] as const) {
      const bytes = Buffer.byteLength(message[field]);
      if (bytes === 0 || bytes > maxNameBytes) throw new AppError('invalid', 'message.invalid', { field, bytes });
    }
    refuseAbove(maxBodyBytes, Buffer.byteLength(message.body), 'body', message);
    refuseAbove(maxHeaderBytes, headerBytes(message), 'headers', message);
  }
};

const refuseAbove = (maxBytes: number, bytes: number, part: string, { id, topic }: OutgoingMessage): void => {
  if (bytes > maxBytes) throw new AppError('too-large', 'message.too-large', { id, topic, part, bytes, maxBytes });
};

const headerBytes = ({ key, headers }: OutgoingMessage): number =>
  Object.entries(headers).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), Buffer.byteLength(key));
