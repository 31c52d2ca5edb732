import type { NewEvent, Refusal } from '@orderbus/contracts';
import type { ErrorKind, FieldIssue } from '@orderbus/kernel';
import type { Shipping } from './order.ts';

/** Why something that a person wants is not possible, by field. */
export interface Objection {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly errors: readonly FieldIssue[];
}

export interface Refused {
  readonly refused: Refusal;
  readonly detail?: string;
  /** Of what a person wants: facts have none. */
  readonly objection?: Objection;
}

export type Step = { readonly state: Shipping; readonly events: readonly NewEvent[] } | Refused;

// biome-ignore lint/suspicious/noExplicitAny: events of different data meet in one list
export const done = (state: Shipping, ...events: readonly NewEvent<any>[]): Step => ({ state, events });

export const objectTo = (code: string, errors: readonly FieldIssue[], kind: ErrorKind = 'conflict'): Refused => ({
  refused: 'not-allowed',
  detail: errors.map(({ message }) => message).join(' '),
  objection: { kind, code, errors },
});
