import { Readable } from 'node:stream';
import { AppError, type Clock } from '@orderbus/kernel';
import { HttpError, type Log, type Metrics, type Part } from '@orderbus/service-kit';
import { concerns, type LiveEvent } from './live-event.ts';

type Stores = '*' | readonly string[];

export interface Reader {
  readonly stores: Stores;
  /** What he has heard last, when he has been here before. */
  readonly lastEventId: string | undefined;
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
/** When a page comes again whose stream has ended. */
const comeAgainMs = 1_000;
const reload = 'event: reload\ndata: {}\n\n';

/** Written once, however many read it. */
interface Told {
  readonly event: LiveEvent;
  readonly text: string;
}

interface Listening extends Omit<Reader, 'stores'> {
  stores: Stores;
  checkedAt: number;
  readonly stream: Readable;
}

export const createHub = ({ clock, log, metrics, beatEveryMs = 15_000, recheckEveryMs = 60_000 }: HubOptions): LiveHub => {
  const readers = new Set<Listening>();
  let remembered: Told[] = [];
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

  const missedBy = ({ lastEventId, stores }: Reader): string => {
    if (lastEventId === undefined) return '';
    const last = remembered.findLastIndex(({ event }) => event.id === lastEventId);
    return last < 0 ? reload : textFor(stores, remembered.slice(last + 1));
  };

  return {
    name: 'live',
    start: async () => {
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
        remembered = [];
        for (const reader of readers) send(reader, reload);
        return;
      }
      const told = events.map((event): Told => ({ event, text: `id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n` }));
      remembered = [...remembered, ...told].slice(-mostRemembered);
      for (const reader of readers) send(reader, textFor(reader.stores, told));
    },
    begun: () => {
      remembered = [];
      readers.forEach(end);
    },
  };
};

const textFor = (stores: Stores, told: readonly Told[]): string =>
  told
    .filter(({ event }) => concerns(event, stores))
    .map(({ text }) => text)
    .join('');
