import type { BatchHandler, Broker, Declaration, SubscribeOptions, Subscription } from '../src/index.ts';

/** What setup does for a service, and the service then for itself. */
export const listen = async (
  broker: Broker,
  { topics, ...options }: Declaration & SubscribeOptions,
  handler: BatchHandler,
): Promise<Subscription> => {
  const { queue, retryDelaysMs } = options;
  await broker.declare({ queue, topics, ...(retryDelaysMs && { retryDelaysMs }) });
  return await broker.subscribe(options, handler);
};
