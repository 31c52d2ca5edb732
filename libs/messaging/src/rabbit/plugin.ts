import { AppError } from '@orderbus/kernel';
import type { ChannelModel } from 'amqplib';

/** Several queues for each service need it. */
const plugin = 'rabbitmq_consistent_hash_exchange';

/** Runs the work; when it fails because the plugin is not enabled, says so: the broker only closes the connection. */
export const namingPlugin = async (model: ChannelModel, work: () => Promise<void>): Promise<void> => {
  let reason = '';
  const note = (error: Error): void => {
    reason = error.message;
  };
  model.on('error', note);
  try {
    await work();
  } catch (cause) {
    throw tellsOfPlugin(reason)
      ? new AppError('conflict', 'broker.plugin-missing', { plugin, enable: `rabbitmq-plugins enable ${plugin}` }, { cause })
      : cause;
  } finally {
    model.off('error', note);
  }
};

const tellsOfPlugin = (reason: string): boolean => reason.includes("unknown exchange type 'x-consistent-hash'");
