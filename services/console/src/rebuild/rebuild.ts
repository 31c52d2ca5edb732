import { setTimeout as sleep } from 'node:timers/promises';
import { allEvents, type Event, type EventDefinition } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { type Database, isConnectionLoss } from '@orderbus/outbox';
import type { Heard } from '../domain/timeline-entry.ts';
import { tellReload } from '../live/tell.ts';
import { emptyReadModel, readModel } from '../store/read-model.ts';
import type { LogEvent, Page, SourceLog } from './logs.ts';
import { onlyOne } from './only-one.ts';
import { isWhole, noteWhole, type Part, readParts, savePart, startParts } from './progress.ts';

export interface RebuildOptions {
  readonly database: Database;
  readonly logs: readonly SourceLog[];
  /** Starts over, also where an earlier one was broken off. */
  readonly anew: boolean;
  /** Also where the beginning of a log is gone, and with it what only the console still knows. */
  readonly evenIncomplete?: boolean;
  readonly report: (step: Step) => void;
  /** Breaks it off, after what is being written. */
  readonly signal?: AbortSignal;
}

export interface Step {
  readonly service: string;
  readonly upTo: number;
  readonly last: number;
  /** What was before this position is gone. */
  readonly begins: number;
  readonly events: number;
  /** Events of no contract of this version: whoever listens does not hear of them either. */
  readonly skipped: number;
}

/** How long one that is running may take to end. */
const patienceMs = 10_000;

/**
 * Builds the read model anew from the event logs, or goes on where that was broken off.
 * @throws AppError `conflict` while another rebuild is running
 */
export const rebuild = async (options: RebuildOptions): Promise<void> => {
  const isOurs = await onlyOne(options.database, patienceMs, () => build(options));
  if (!isOurs) throw new AppError('conflict', 'rebuild.running', { why: 'another rebuild is running' });
};

/** What is missing from before is read, unless somebody else is at it. */
export const fill = async (options: Omit<RebuildOptions, 'anew'>): Promise<void> => {
  const { database } = options;
  if (await isWhole(database)) return;
  await onlyOne(database, 0, async () => {
    if (!(await isWhole(database))) await build({ ...options, anew: false, evenIncomplete: true });
  });
};

/**
 * The day's events go on coming in meanwhile. The read model is emptied once, in one transaction; after that both only add to it, and what both
 * bring counts once. Nothing is between them: an event that is not in a log when its end is read comes by the broker afterwards. Each page is kept
 * together with how far it goes: broken off, it goes on from there.
 */
const build = async ({ database, logs, anew, evenIncomplete = false, report, signal }: RebuildOptions): Promise<void> => {
  const isBegun = (await readParts(database)).length > 0 && !(await isWhole(database));
  if (anew || !isBegun) {
    if (!evenIncomplete) await refuseIfGone(logs, signal);
    await database.transaction(async (tx) => {
      await emptyReadModel(tx);
      await startParts(
        tx,
        logs.map(({ service }) => service),
      );
    });
  }
  const parts = new Map((await readParts(database)).map((part) => [part.service, part]));
  for (const log of logs) {
    const part = parts.get(log.service);
    if (part !== undefined && !part.done) await readAll(database, log, part.upTo, { report, signal });
  }
  await database.transaction(async (tx) => {
    await noteWhole(tx);
    await tellReload(tx);
  });
};

/** What the console keeps of that time is all that there is: it is not given up by accident. */
const refuseIfGone = async (logs: readonly SourceLog[], signal: AbortSignal | undefined): Promise<void> => {
  const gone: Record<string, number> = {};
  for (const { service, read } of logs) {
    const { begins } = await read(0, signal);
    if (begins > 1) gone[service] = begins - 1;
  }
  if (Object.keys(gone).length > 0) throw new AppError('conflict', 'rebuild.beginning-gone', { goneUpTo: gone });
};

/** The next page is read while this one is written. When it cannot be read, this one is kept all the same. */
const readAll = async (
  database: Database,
  log: SourceLog,
  from: number,
  { report, signal }: { readonly report: RebuildOptions['report']; readonly signal: AbortSignal | undefined },
): Promise<void> => {
  let at = from;
  for (let reading: Promise<Page> | undefined = log.read(from, signal); reading !== undefined; ) {
    const page: Page = await reading;
    signal?.throwIfAborted();
    const done = page.upTo >= page.last;
    reading = done ? undefined : log.read(page.upTo, signal);
    reading?.catch(() => {});
    const heard = heardIn(page);
    const { upTo, last, items, begins } = page;
    await keep(database, at, { service: log.service, upTo, last, done }, heard);
    at = upTo;
    report({ service: log.service, upTo, last, begins, events: items.length, skipped: items.length - heard.length });
  }
};

const tries = 5;

const keep = async (database: Database, from: number, part: Part, heard: readonly Heard[]): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await database.transaction(async (tx) => {
        if (heard.length > 0) await readModel.run(tx, heard.map(itemOf));
        await savePart(tx, from, part);
      });
      return;
    } catch (error) {
      if (!isConnectionLoss(error) || attempt === tries) throw error;
      await sleep(1_000 * attempt);
    }
  }
};

const definitions: ReadonlyMap<string, EventDefinition> = new Map(allEvents.map((definition) => [definition.topic, definition]));

/** Read by their contracts, as the broker's are: what these do not know is left out there, too. */
const heardIn = ({ items }: Page): Heard[] =>
  items.flatMap(({ position: _, recordedAt, ...event }: LogEvent): Heard[] => {
    const definition = definitions.get(`${event.type}.v${event.version}`);
    return definition === undefined ? [] : [{ event: definition.parse(event), recordedAt }];
  });

const itemOf = (heard: Heard) => ({ key: heard.event.id, command: heard, cause: causeOf(heard.event) });

const causeOf = ({ tenant, correlationId }: Event) => ({ tenant, correlationId });
