import { connectBroker } from '@orderbus/messaging';
import { declareQueues } from '@orderbus/setup';

/** What setup declares in an installation, before its services start. */
export const declareAll = async (amqpUrl: string, partitions?: readonly number[]): Promise<void> => {
  const broker = connectBroker(amqpUrl, { name: 'setup', ...(partitions && { partitions }) });
  await broker.start();
  await declareQueues(broker);
  await broker.stop();
};
