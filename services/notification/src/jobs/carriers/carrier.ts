import type { Reason } from '../../domain/reason.ts';
import type { Channel } from '../../domain/rule.ts';
import type { ClaimedDelivery } from '../../store/deliveries.ts';
import type { Content, Words } from '../../words/compose.ts';

/** A message, ready to go. */
export interface Letter {
  readonly delivery: ClaimedDelivery;
  readonly content: Content;
  readonly words: Words;
}

/**
 * What came of an attempt. `again`: it may be taken another time, after so long if the other side has said so. `never`: repeating it changes
 * nothing. `not-tried`: the other side is known to be ill; the attempt does not count.
 */
export type Outcome =
  | { readonly outcome: 'sent'; readonly answer: string }
  | { readonly outcome: 'again'; readonly error: Reason; readonly answer?: string; readonly afterMs?: number }
  | { readonly outcome: 'never'; readonly error: Reason; readonly answer?: string }
  | { readonly outcome: 'not-tried'; readonly afterMs: number };

/** Takes messages out of the house. Never throws: whatever happens is an outcome. */
export interface Carrier {
  readonly name: string;
  readonly channels: readonly Channel[];
  /** How many it takes at a time. */
  readonly together: number;
  /** No attempt lasts longer. */
  readonly timeoutMs: number;
  send(letter: Letter): Promise<Outcome>;
  stop(): Promise<void>;
}
