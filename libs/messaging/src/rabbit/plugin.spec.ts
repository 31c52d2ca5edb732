import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import type { ChannelModel } from 'amqplib';
import { namingPlugin } from './plugin.ts';

/** As RabbitMQ 3.10 says it: the connection dies, and the call that waits knows nothing. */
const saying = (model: ChannelModel, reason: string) => async (): Promise<void> => {
  model.emit('error', new Error(`Connection closed: 503 (COMMAND-INVALID) with message "COMMAND_INVALID - ${reason}"`));
  throw new Error('Channel ended, no reply will be forthcoming');
};

test('a broker without the plugin is told from other failures, with the name of the plugin', async () => {
  const model = new EventEmitter() as ChannelModel;
  await expect(namingPlugin(model, saying(model, "unknown exchange type 'x-consistent-hash'"))).rejects.toThrow(
    /broker\.plugin-missing.*rabbitmq-plugins enable rabbitmq_consistent_hash_exchange/,
  );
  await expect(namingPlugin(model, saying(model, 'something else'))).rejects.toThrow('no reply will be forthcoming');
  await namingPlugin(model, async () => {});
  expect(model.listenerCount('error')).toBe(0);
});
