import type { ConsumeMessage } from 'amqplib';
import { decideBatch, type Received, tooLarge, unidentified } from '../batch.ts';
import type { BrokerLog } from '../options.ts';
import { persist } from '../patience.ts';
import type { BatchHandler, ParkedHandler } from '../port.ts';
import { reasonOf } from '../reason.ts';
import type { Deed } from '../settle.ts';
import type { Session } from './consumer.ts';
import { copyTo, decode, decodeParked, firstSeenAt, isIdentified, type Outbound } from './message.ts';
import type { RabbitPublisher } from './publisher.ts';
import type { Names } from './topology.ts';

type Process = (batch: readonly ConsumeMessage[], session: Session) => Promise<ReadonlySet<ConsumeMessage>>;

export interface FateOptions {
  readonly names: Names;
  readonly service: string;
  /** Where retries go: to the queues of this number, also from the others. */
  readonly partitions: number;
  readonly retryDelaysMs: readonly number[];
  readonly maxBodyBytes: number;
  readonly publisher: RabbitPublisher;
  readonly log: BrokerLog;
}

/**
 * A batch goes to the handler, its fates to their queues. Whatever fails on the way is tried again with the messages still in hand, as long
 * as the channel lives: giving them back instead would count as a death of their consumer, twenty of which park a message.
 */
export const processBatches = (handler: BatchHandler, options: FateOptions): Process => {
  const { service, retryDelaysMs, maxBodyBytes, publisher } = options;
  return async (batch, session) => {
    const receivedAt = new Date();
    const received = batch.map((message) => receive(message, receivedAt, maxBodyBytes));
    const deeds = await persist(() => decideBatch(handler, received, retryDelaysMs), {
      signal: session.over,
      failed: failure(options.log, service, 'a batch failed'),
    });
    // Without the channel nothing can be acknowledged; the batch comes again and is decided again.
    if (!deeds || session.channelGone.aborted) return new Set();

    const settled = new Set(batch.filter((_, index) => deeds[index]?.act === 'forget'));
    const copies = received.flatMap((one, index) => copyFor(one, deeds[index], options));
    await persist(() => deliverCopies(copies, settled, publisher), {
      signal: session.over,
      failed: failure(options.log, service, 'copies for later were not confirmed'),
    });
    return settled;
  };
};

/** The parked queue, message by message. */
export const processParked = (handler: ParkedHandler, { log, service }: { log: BrokerLog; service: string }): Process => {
  const failed = failure(log, service, 'a parked message could not be handled');
  return async (batch, session) => {
    const settled = new Set<ConsumeMessage>();
    for (const message of batch) {
      const parked = decodeParked(message);
      const done = await persist(() => handler(parked).then(() => true), { signal: session.over, failed });
      if (done) settled.add(message);
    }
    return settled;
  };
};

const failure = (log: BrokerLog, service: string, what: string) => (error: unknown, pauseMs: number) =>
  log.error({ queue: service, pauseMs, reason: reasonOf(error) }, what);

interface Incoming extends Received {
  readonly message: ConsumeMessage;
  readonly firstSeenAt: Date;
}

const receive = (message: ConsumeMessage, receivedAt: Date, maxBodyBytes: number): Incoming => ({
  message,
  delivery: decode(message),
  firstSeenAt: firstSeenAt(message, receivedAt),
  fault: isIdentified(message) ? tooLarge(message.content, maxBodyBytes) : unidentified,
});

interface Copy {
  readonly message: ConsumeMessage;
  readonly outbound: Outbound;
}

const copyFor = (
  { message, delivery, firstSeenAt }: Incoming,
  deed: Deed | undefined,
  { names, service, partitions }: FateOptions,
): Copy[] => {
  if (!deed || deed.act === 'forget') return [];
  const retry = deed.act === 'copy-to-delay';
  const address = { exchange: names.out(service), queue: retry ? names.delay(service, partitions, deed.delayMs) : names.parked(service) };
  const attempt = retry ? deed.attempt : delivery.attempt;
  const { reason, error } = deed;
  return [{ message, outbound: copyTo(address, delivery, { attempt, firstSeenAt, reason, ...(error && { error }) }) }];
};

/** Confirmed before the originals are acknowledged: otherwise a crash here would lose them. */
const deliverCopies = async (copies: readonly Copy[], settled: Set<ConsumeMessage>, publisher: RabbitPublisher): Promise<void> => {
  const open = copies.filter(({ message }) => !settled.has(message));
  const outcomes = await publisher.send(open.map(({ outbound }) => outbound));
  for (const [index, { message }] of open.entries()) if (outcomes[index] === 'confirmed') settled.add(message);
  if (open.every(({ message }) => settled.has(message))) return;
  // Perhaps a queue is missing: a copy that cannot be routed is not confirmed, and waits in hand until setup has made it again.
  throw new Error('not confirmed');
};
