import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { WorldOrder } from './order.ts';
import type { WorldListener, WorldState } from './world.ts';

export interface SavedWorld {
  readonly state: WorldState;
  readonly orders: Iterable<WorldOrder>;
}

const flushEveryMs = 500;
const linesPerWrite = 1000;

/**
 * The world in a file of JSON lines: a changed order is appended whole, and the last line about it counts. Appending costs the same with ten
 * orders and with 50,000. On opening, the file is rewritten with one line per order.
 */
export class Journal implements WorldListener {
  readonly #file: string;
  #handle: FileHandle | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();
  #changed = new Map<string, WorldOrder>();
  #forgotten = false;
  #stateSaved = '';
  #state: (() => WorldState) | undefined;

  constructor(file: string) {
    this.#file = file;
  }

  saved(order: WorldOrder): void {
    this.#changed.set(order.orderId, order);
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
    const orders = [...this.#changed.values()];
    if (!this.#handle || (orders.length === 0 && !this.#forgotten && state === this.#stateSaved)) return;
    const head = `${this.#forgotten ? '\n{"forget":true}' : ''}\n{"state":${state}}\n`;
    this.#changed.clear();
    this.#forgotten = false;
    try {
      await this.#handle.appendFile(head);
      await appendOrders(this.#handle, orders);
      this.#stateSaved = state;
    } catch (error) {
      // Kept for the next try, unless they have changed again. What was half written is a line that the reader skips.
      for (const order of orders) if (!this.#changed.has(order.orderId)) this.#changed.set(order.orderId, order);
      throw error;
    }
  }
}

const appendOrders = async (handle: FileHandle, orders: readonly WorldOrder[]): Promise<void> => {
  for (let from = 0; from < orders.length; from += linesPerWrite) {
    const lines = orders.slice(from, from + linesPerWrite).map((order) => `${JSON.stringify({ order })}\n`);
    await handle.appendFile(lines.join(''));
  }
};

type Line = { readonly order?: WorldOrder; readonly state?: WorldState; readonly forget?: true };

const readJournal = async (file: string): Promise<SavedWorld | undefined> => {
  const orders = new Map<string, WorldOrder>();
  let state: WorldState | undefined;
  for await (const line of linesOf(file)) {
    const entry = parse(line);
    if (entry?.forget) orders.clear();
    if (entry?.state) state = entry.state;
    if (entry?.order) orders.set(entry.order.orderId, entry.order);
  }
  return state && { state, orders: [...orders.values()].sort((a, b) => a.sequence - b.sequence) };
};

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

/** A line that is cut off was being written when the process died: its order has an older line, or was never shown to anybody for long. */
const parse = (line: string): Line | undefined => {
  try {
    return JSON.parse(line) as Line;
  } catch {
    return undefined;
  }
};

const rewrite = async (file: string, { state, orders }: SavedWorld): Promise<void> => {
  const fresh = `${file}.tmp`;
  const handle = await open(fresh, 'w');
  try {
    await handle.appendFile(`${JSON.stringify({ state })}\n`);
    await appendOrders(handle, [...orders]);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(fresh, file);
};
