import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { FeedDocument, WorldFeed } from './feed.ts';
import type { Keeper, Kept } from './keeper.ts';
import type { WorldOrder } from './order.ts';
import type { WorldListener, WorldState } from './world.ts';
import type { WriteEntry } from './write-ledger.ts';

export interface SavedWorld {
  readonly state: WorldState;
  readonly orders: readonly WorldOrder[];
  readonly feeds: readonly WorldFeed[];
  readonly documents: readonly FeedDocument[];
  readonly writes: readonly WriteEntry[];
}

const flushEveryMs = 500;
const linesPerWrite = 1000;

/**
 * The world in a file of JSON lines: a changed order is appended whole, and the last line about it counts; the same holds for feeds, their
 * documents and the ledger of writes. Appending costs the same with ten orders and with 50,000. On opening, the file is rewritten with one line
 * for each.
 */
export class Journal implements WorldListener, Keeper {
  readonly #file: string;
  #handle: FileHandle | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #changed = new Map<string, Line>();
  #forgotten = false;
  #stateSaved = '';
  #state: (() => WorldState) | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  saved(order: WorldOrder): void {
    this.keep({ order });
  }

  keep(thing: Kept): void {
    this.#changed.set(keyOf(thing), thing);
  }

  drop(documentId: string): void {
    this.#changed.set(`document ${documentId}`, { drop: `document ${documentId}` });
  }

  reset(): void {
    this.#changed.clear();
    this.#forgotten = true;
  }

  /** Reads what an earlier run left, if anything. */
  async load(): Promise<SavedWorld | undefined> {
    await mkdir(dirname(this.#file), { recursive: true });
    const saved = await readJournal(this.#file);
    if (saved) await rewrite(this.#file, saved);
    return saved;
  }

  /** From now on, what changes is in the file within a second. */
  async open(state: () => WorldState): Promise<void> {
    this.#state = state;
    this.#handle = await open(this.#file, 'a');
    await this.flush();
    this.#timer = setInterval(() => {
      this.flush().catch((error: Error) => process.emitWarning(error));
    }, flushEveryMs);
    this.#timer.unref();
  }

  flush(): Promise<void> {
    this.#writing = this.#writing.catch(() => undefined).then(() => this.#write());
    return this.#writing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
    await this.#handle?.close();
    this.#handle = undefined;
  }

  async #write(): Promise<void> {
    const state = JSON.stringify(this.#state?.());
    const lines = [...this.#changed];
    if (!this.#handle || (lines.length === 0 && !this.#forgotten && state === this.#stateSaved)) return;
    const head = `${this.#forgotten ? '\n{"forget":true}' : ''}\n{"state":${state}}\n`;
    this.#changed.clear();
    this.#forgotten = false;
    try {
      await this.#handle.appendFile(head);
      await appendLines(
        this.#handle,
        lines.map(([, line]) => line),
      );
      this.#stateSaved = state;
    } catch (error) {
      // Kept for the next try, unless they have changed again. What was half written is a line that the reader skips.
      for (const [key, line] of lines) if (!this.#changed.has(key)) this.#changed.set(key, line);
      throw error;
    }
  }
}

type Line = Kept | { readonly state: WorldState } | { readonly forget: true } | { readonly drop: string };

const keyOf = (thing: Kept): string => {
  if ('order' in thing) return `order ${thing.order.orderId}`;
  if ('feed' in thing) return `feed ${thing.feed.feedId}`;
  if ('document' in thing) return `document ${thing.document.documentId}`;
  return `write ${thing.write.sequence}`;
};

const appendLines = async (handle: FileHandle, lines: readonly Line[]): Promise<void> => {
  for (let from = 0; from < lines.length; from += linesPerWrite) {
    const some = lines.slice(from, from + linesPerWrite).map((line) => `${JSON.stringify(line)}\n`);
    await handle.appendFile(some.join(''));
  }
};

const readJournal = async (file: string): Promise<SavedWorld | undefined> => {
  const things = new Map<string, Kept>();
  let state: WorldState | undefined;
  for await (const text of linesOf(file)) {
    const line = parse(text);
    if (!line) continue;
    if ('forget' in line) things.clear();
    else if ('state' in line) state = line.state;
    else if ('drop' in line) things.delete(line.drop);
    else things.set(keyOf(line), line);
  }
  return state && sorted(state, [...things.values()]);
};

const sorted = (state: WorldState, things: readonly Kept[]): SavedWorld => ({
  state,
  orders: things.flatMap((thing) => ('order' in thing ? [thing.order] : [])).sort((a, b) => a.sequence - b.sequence),
  feeds: things.flatMap((thing) => ('feed' in thing ? [thing.feed] : [])),
  documents: things.flatMap((thing) => ('document' in thing ? [thing.document] : [])),
  writes: things.flatMap((thing) => ('write' in thing ? [thing.write] : [])),
});

async function* linesOf(file: string): AsyncGenerator<string> {
  const stream = createReadStream(file, 'utf8');
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  } finally {
    stream.destroy();
  }
}

/** A line that is cut off was being written when the process died: what it tells of has an older line, or was never shown to anybody for long. */
const parse = (line: string): Line | undefined => {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return undefined;
  }
};

const rewrite = async (file: string, { state, orders, feeds, documents, writes }: SavedWorld): Promise<void> => {
  const fresh = `${file}.tmp`;
  const handle = await open(fresh, 'w');
  try {
    await appendLines(handle, [
      { state },
      ...orders.map((order) => ({ order })),
      ...feeds.map((feed) => ({ feed })),
      ...documents.map((document) => ({ document })),
      ...writes.map((write) => ({ write })),
    ]);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
};
