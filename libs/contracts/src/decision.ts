import type { NewEvent } from './define-event.ts';

/**
 * Why a command had no effect; a value, not an error.
 * `already-done`: fine, nothing to do. `too-early`: what it needs is not there yet, later. `not-allowed`: a person should look.
 */
export type Refusal = 'already-done' | 'too-early' | 'not-allowed';

/** What a pure `decide` answers: the next state with the events that say how it came about, or a refusal. */
export type Decision<State> =
  | { readonly state: State; readonly events: readonly NewEvent[] }
  | { readonly refused: Refusal; readonly detail?: string };

// biome-ignore lint/suspicious/noExplicitAny: events of different data meet in one list
type AnyEvent = NewEvent<any>;

export const accept = <State>(state: State, ...events: readonly AnyEvent[]): Decision<State> => ({ state, events });

export const refuse = (refused: Refusal, detail?: string): { refused: Refusal; detail?: string } =>
  detail === undefined ? { refused } : { refused, detail };
