import { AppError } from '@orderbus/kernel';
import { type BrokerLog, type Declaration, openQueueGroups, type QueueGroup } from '@orderbus/messaging';

export interface LeaveNoQueueOptions {
  readonly brokerUrl: string;
  /** `QUEUE_PARTITIONS`: queues of these numbers are worked off. */
  readonly partitions: readonly number[];
  readonly declarations: readonly Declaration[];
  readonly log: BrokerLog;
}

/**
 * Queues of a number that is not set any more get nothing new from now on.
 * @throws AppError `setup.queues-left` when one of them still holds messages: no service would ever work them off
 */
export const leaveNoQueue = async ({ brokerUrl, declarations, partitions, log }: LeaveNoQueueOptions): Promise<void> => {
  if (!brokerUrl.startsWith('amqp')) return;
  const groups = await openQueueGroups({ adminUrl: brokerUrl, log });
  const left: QueueGroup[] = [];
  try {
    for (const declaration of declarations) {
      const others = (await groups.list(declaration)).filter((group) => !partitions.includes(group.partitions));
      for (const { partitions: count } of others) await groups.unbind(declaration, count);
      left.push(...others);
    }
  } finally {
    await groups.close();
  }
  const held = left.filter(({ messages }) => messages > 0);
  if (held.length > 0) {
    const numbers = [...partitions, ...new Set(held.map((group) => group.partitions))].join();
    throw new AppError('conflict', 'setup.queues-left', { queues: held, set: `QUEUE_PARTITIONS=${numbers}` });
  }
  if (left.length > 0) log.info({ queues: left }, 'queues of another number are empty and can be dropped');
};
