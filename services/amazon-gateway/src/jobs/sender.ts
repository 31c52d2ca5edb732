import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@orderbus/kernel';
import { type Execution, execute, spanNames, storeAttribute, type Target, traced, traceparentHere } from '@orderbus/outbox';
import { every, type Job, type Log, withContext } from '@orderbus/service-kit';
import type { SpApi } from '../amazon/sp-api.ts';
import type { Command, Step } from '../domain/command.ts';
import type { Snapshot } from '../domain/translate.ts';
import { claimToReadBack, claimToSend, type Queue, takeOverAbandoned } from '../store/command-queue.ts';
import { pictureOf } from '../store/pictures.ts';
import type { ContactApi } from './ask-about-contact.ts';
import { outcomeRecorder } from './outcome-recorder.ts';
import { permitFor } from './permit.ts';
import { readBackCommand } from './read-back-command.ts';
import { lookAtContact } from './read-back-contact.ts';
import { sendCommand } from './send-command.ts';
import { type ContactSource, sendContact } from './send-contact.ts';

export interface SenderOptions {
  readonly execution: Execution;
  readonly ledger: Target<Step>;
  readonly clock: Clock;
  readonly log: Log;
  /** The clients of the stores that are active here. */
  readonly apis: () => ReadonlyMap<string, Pick<SpApi, 'confirmShipment' | 'updateShipmentStatus'> & ContactApi>;
  /** Reads the order at Amazon, and saves what it shows. */
  readonly look: (command: Command, signal: AbortSignal) => Promise<Snapshot>;
  /** What is to be said to buyers, and about which orders. */
  readonly contacts: ContactSource;
  readonly recorded: (command: Command, step: Step) => void;
  /** How long to wait before each look at the order, when nobody knows what came of a call. */
  readonly readBackDelaysMs: readonly number[];
  /** How long a command is left to whoever has claimed it. Longer than a call can take. */
  readonly leaseMs: number;
}

/** What comes of a command follows from the span in which it was sent. */
const followedFrom = (command: Command, traceparent: string | undefined): Command =>
  traceparent === undefined ? command : { ...command, cause: { ...command.cause, traceparent } };

/** What Amazon is told by a call. Cancellations, refunds and invoices go by feed. */
const sentByCall = ['shipment', 'pickup', 'contact'] as const;

const pollMs = 250;
/** What another instance has written, and what waits for its time, is found so late at most. */
const idleMs = 1_000;
const mostAtOnce = 50;
/** Amazon takes ten at once from a store, and two per second after that: more under way would only wait for the quota. */
const perStore = 10;
/** How long a stop waits for answers. A call that is cut off would have to be read back. */
const graceMs = 10_000;

/**
 * Sends what the ledger holds, each command after its mark has been committed, different stores and orders side by side; reads back what
 * nobody answered for; and finds what was left behind by a process that died.
 */
export const sender = (options: SenderOptions): Required<Job> => {
  const { execution, ledger, clock, log, apis, look, contacts, readBackDelaysMs, leaseMs } = options;
  const { database } = execution;
  const underWay = new Set<Promise<void>>();
  let cutOff = new AbortController();
  let recorder = outcomeRecorder(options);

  const begin = (command: Command, work: () => Promise<Step>): void => {
    const { kind, tenant, cause } = command;
    const { correlationId, traceparent: parent } = cause;
    const send = async (): Promise<void> => recorder.record(followedFrom(command, traceparentHere()), await work());
    const done = withContext({ correlationId, store: tenant }, () =>
      traced(execution.tracing, spanNames.write(kind), { parent, attributes: storeAttribute(tenant) }, send),
    ).finally(() => underWay.delete(done));
    underWay.add(done);
  };

  const send = (command: Command): void => {
    const api = apis().get(command.tenant);
    // Its store was taken away between two lines of this program: it is found as abandoned.
    if (!api) return;
    const common = {
      api,
      permit: permitFor(database, command, leaseMs),
      now: () => clock.now(),
      firstLookMs: readBackDelaysMs[0] as number,
    };
    begin(command, () =>
      command.kind === 'contact'
        ? sendContact(command, { ...common, contacts }, cutOff.signal)
        : sendCommand(command, { ...common, look, pictureOf: () => pictureOf(database, command.orderId) }, cutOff.signal),
    );
  };

  const readBack = (command: Command): void => {
    const api = apis().get(command.tenant);
    if (!api) return;
    const now = () => clock.now();
    const ofContact = (about: Command, signal: AbortSignal) => lookAtContact(about, { api, contacts, now }, signal);
    begin(command, () => readBackCommand(command, { look, lookAtContact: ofContact, now, delaysMs: readBackDelaysMs }, cutOff.signal));
  };

  /** Answers whether something is under way: then more may follow it. */
  const turn = async (): Promise<boolean> => {
    const free = mostAtOnce - underWay.size;
    if (free <= 0) return true;
    const queue: Queue = { kinds: sentByCall, storeIds: [...apis().keys()], now: clock.now() };
    for (const command of await claimToReadBack(database, queue, { limit: free, leaseMs })) readBack(command);
    for (const command of await claimToSend(database, queue, { limit: free, perStore, leaseMs })) send(command);
    return underWay.size > 0;
  };

  const findAbandoned = async (): Promise<void> => {
    const left = await takeOverAbandoned(database, sentByCall, leaseMs);
    if (left.length === 0) return;
    log.warn({ commands: left.length }, 'writes were under way when a process ended, or was held up: they are read back');
    const why = { code: 'ledger.abandoned', words: 'The process that sent it has ended, or was held up: nobody heard the answer.' };
    const lookAt = clock.now().toISOString();
    const items = left.map((command) => ({
      key: command.id,
      command: { type: 'lose', why, lookAt, fence: command.fence } as const,
      cause: command.cause,
    }));
    await execute(execution, ledger, items);
  };

  const sending = every(pollMs, turn, { name: 'sender', log, idleMs });
  const loops = [sending, every(pollMs * 8, findAbandoned, { name: 'abandoned writes', log })];

  return {
    name: 'sender',
    start: async () => {
      cutOff = new AbortController();
      recorder = outcomeRecorder(options);
      for (const loop of loops) await loop.start();
    },
    stop: async () => {
      for (const loop of loops) await loop.stop();
      const graceOver = new AbortController();
      await Promise.race([Promise.all(underWay), pause(graceMs, undefined, { signal: graceOver.signal }).catch(() => {})]);
      graceOver.abort();
      cutOff.abort();
      await Promise.all(underWay);
      await recorder.stop();
    },
    wake: sending.wake,
  };
};
