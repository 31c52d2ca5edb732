import { Readable } from 'node:stream';
import { AppError, type Clock } from '@orderbus/kernel';
import { HttpError, type Log, type Metrics, type Part } from '@orderbus/service-kit';
import { concerns, type LiveEvent } from './live-event.ts';

type Stores = '*' | readonly string[];

export interface Reader {
  readonly stores: Stores;
  /** What he has heard last, when he has been here before. */
  readonly lastEventId: string | undefined;
  /** For how long his page has been open, when he comes for the first time. */
  readonly openForMs: number | undefined;
  /** Asks whether he may still listen, and to which stores. @throws HttpError when not */
  readonly recheck: () => Promise<{ readonly stores: Stores }>;
}

export interface HubOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly beatEveryMs?: number;
  readonly recheckEveryMs?: number;
}

/** Hands what has happened to everybody whose page is open at this instance. */
export interface LiveHub extends Required<Part> {
  /** Server-sent events for one reader, until he leaves, is too slow, or may no longer listen. */
  open(reader: Reader): Readable;
  heard(told: readonly LiveEvent[] | 'reload'): void;
  /** What was told in between may not have been heard: everybody comes again, and loads anew what he shows. */
  begun(): void;
}

/** What may wait for somebody whose connection is slow. Pages come again by themselves. */
const mostWaitingBytes = 256 * 1_024;
/** What somebody may have missed for an instant and still gets. */
const mostRemembered = 2_000;
const mostReaders = 1_000;
/** What a page says of its age may be so old when it arrives; of what takes longer it knows, and asks for everything again. */
const onItsWayMs = 1_000;
/** When a page comes again whose stream has ended. */
const comeAgainMs = 1_000;
const reload = 'event: reload\ndata: {}\n\n';

/** Written once, however many read it. */
interface Told {
  readonly event: LiveEvent;
  readonly text: string;
  readonly at: number;
}

interface Listening extends Omit<Reader, 'stores'> {
  stores: Stores;
  checkedAt: number;
  readonly stream: Readable;
}

export const createHub = ({ clock, log, metrics, beatEveryMs = 15_000, recheckEveryMs = 60_000 }: HubOptions): LiveHub => {
  const readers = new Set<Listening>();
  let remembered: Told[] = [];
  /** Of what was told before, not everything is remembered. */
  let rememberedFrom = clock.now().getTime();
  let timer: NodeJS.Timeout | undefined;
  const open = metrics.gauge({ name: 'live_readers', help: 'Pages that are open and hear of events' });
  const dropped = metrics.counter({
    name: 'live_readers_dropped_total',
    help: 'Streams that were ended because their readers were too slow',
  });

  const leave = (reader: Listening): void => {
    readers.delete(reader);
    open.set(readers.size);
  };

  const end = (reader: Listening): void => {
    if (!readers.has(reader)) return;
    leave(reader);
    reader.stream.push(null);
  };

  const send = (reader: Listening, text: string): void => {
    const { stream } = reader;
    if (text === '' || !readers.has(reader)) return;
    stream.push(text);
    if (stream.readableLength <= mostWaitingBytes) return;
    dropped.inc();
    leave(reader);
    stream.destroy();
  };

  const recheck = async (reader: Listening): Promise<void> => {
    reader.checkedAt = clock.now().getTime();
    try {
      reader.stores = (await reader.recheck()).stores;
    } catch (error) {
      if (error instanceof HttpError) end(reader);
      else log.warn({ reason: (error as Error).message }, 'a reader could not be checked: he goes on listening');
    }
  };

  const beat = (): void => {
    const now = clock.now();
    const text = `event: beat\ndata: {"at":"${now.toISOString()}"}\n\n`;
    for (const reader of readers) {
      send(reader, text);
      if (now.getTime() - reader.checkedAt >= recheckEveryMs) void recheck(reader);
    }
  };

  const remember = (told: readonly Told[]): void => {
    remembered.push(...told);
    rememberedFrom = remembered.splice(0, remembered.length - mostRemembered).at(-1)?.at ?? rememberedFrom;
  };

  const forget = (): void => {
    remembered = [];
    rememberedFrom = clock.now().getTime();
  };

  const missedBy = ({ lastEventId, openForMs, stores }: Reader): string => {
    if (lastEventId === undefined)
      return openForMs === undefined ? '' : missedSince(clock.now().getTime() - openForMs - onItsWayMs, stores);
    const last = remembered.findLastIndex(({ event }) => event.id === lastEventId);
    return last < 0 ? reload : textFor(stores, remembered.slice(last + 1));
  };

  const missedSince = (since: number, stores: Stores): string =>
    since <= rememberedFrom
      ? reload
      : textFor(
          stores,
          remembered.filter(({ at }) => at >= since),
        );

  return {
    name: 'live',
    start: async () => {
      forget();
      timer = setInterval(beat, beatEveryMs);
    },
    stop: async () => {
      clearInterval(timer);
      timer = undefined;
      readers.forEach(end);
    },
    open: (reader) => {
      if (readers.size >= mostReaders) throw new AppError('unavailable', 'live.too-many-readers', { most: mostReaders });
      const stream = new Readable({ read: () => {} });
      const listening: Listening = { ...reader, checkedAt: clock.now().getTime(), stream };
      readers.add(listening);
      open.set(readers.size);
      stream.once('close', () => leave(listening));
      send(listening, `retry: ${comeAgainMs}\n\n${missedBy(reader)}`);
      if (timer === undefined) end(listening);
      return stream;
    },
    heard: (events) => {
      if (events === 'reload') {
        forget();
        for (const reader of readers) send(reader, reload);
        return;
      }
      const at = clock.now().getTime();
      const told = events.map((event): Told => ({ event, text: `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`, at }));
      remember(told);
      for (const reader of readers) send(reader, textFor(reader.stores, told));
    },
    begun: () => {
      forget();
      readers.forEach(end);
    },
  };
};

const textFor = (stores: Stores, told: readonly Told[]): string =>
  told
    .filter(({ event }) => concerns(event, stores))
    .map(({ text }) => text)
    .join('');
