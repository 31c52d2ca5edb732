import type { Keeper } from './keeper.ts';

/** What a write did to the world. */
export const writeEffects = ['created', 'edited', 'unchanged', 'cancelled', 'refunded', 'status', 'sent', 'refused'] as const;
export type WriteEffect = (typeof writeEffects)[number];

/** One write as it was received: a call, or one message of a feed. */
export interface WriteEntry {
  /** Its number, from 1 on. */
  readonly sequence: number;
  readonly at: number;
  /** The name of the operation, or the type of the feed. */
  readonly operation: string;
  readonly sellerId: string;
  readonly orderId?: string | undefined;
  readonly packageReference?: string | undefined;
  readonly feedId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly effect: WriteEffect;
  readonly request: unknown;
  /** Why it was refused, or had to be remarked upon. */
  readonly reason?: string | undefined;
}

export interface WriteQuery {
  readonly sellerId?: string | undefined;
  readonly orderId?: string | undefined;
  readonly operation?: string | undefined;
  readonly effect?: WriteEffect | undefined;
  /** The number of the last entry that is known already. */
  readonly after: number;
  readonly limit: number;
}

/** Every write that came, in order. Never changed: by it a test judges whether something was sent once, twice or not at all. */
export class WriteLedger {
  readonly #keeper: Keeper;
  #entries: WriteEntry[] = [];
  #last = 0;

  constructor(keeper: Keeper) {
    this.#keeper = keeper;
  }

  record(entry: Omit<WriteEntry, 'sequence'>): void {
    this.#last += 1;
    const write = { sequence: this.#last, ...entry };
    this.#entries.push(write);
    this.#keeper.keep({ write });
  }

  find(query: WriteQuery): WriteEntry[] {
    const found: WriteEntry[] = [];
    for (const entry of this.#entries) {
      if (found.length === query.limit) break;
      if (entry.sequence > query.after && matches(entry, query)) found.push(entry);
    }
    return found;
  }

  resume(entries: readonly WriteEntry[]): void {
    this.#entries = [...entries].sort((a, b) => a.sequence - b.sequence);
    this.#last = this.#entries.at(-1)?.sequence ?? 0;
  }

  /** Forgets the entries, but not how many there were: a reader who pages does not miss those that follow. */
  reset(): void {
    this.#entries = [];
  }
}

const matches = (entry: WriteEntry, { sellerId, orderId, operation, effect }: WriteQuery): boolean =>
  (sellerId ?? entry.sellerId) === entry.sellerId &&
  (orderId ?? entry.orderId) === entry.orderId &&
  (operation ?? entry.operation) === entry.operation &&
  (effect ?? entry.effect) === entry.effect;
