import { connectBroker } from '@orderbus/messaging';
import { declareQueues } from '@orderbus/setup';

/** What setup declares in an installation, before its services start. */
export const declareAll = async (amqpUrl: string): Promise<void> => {
  const broker = connectBroker(amqpUrl, { name: 'setup' });
  await broker.start();
  await declareQueues(broker);
  await broker.stop();
};
