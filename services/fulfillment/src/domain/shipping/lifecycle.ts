import type { Refusal } from '@orderbus/contracts';
import { isKnownToAmazon, type Parcel } from './parcel.ts';

/**
 * Where a parcel stands, for those who want something of it. `told`: handed over, Amazon has not answered. `known`: Amazon has taken it.
 * `refused`: Amazon has not taken it. `edit-refused`: it has, but not the last change. `labelled`: Amazon knows by the label that was bought there.
 */
export const standings = ['packed', 'told', 'uncertain', 'known', 'refused', 'edit-refused', 'labelled', 'voided'] as const;
export type Standing = (typeof standings)[number];

export const standingOf = (parcel: Parcel): Standing => {
  if (parcel.state !== 'shipped') return parcel.state;
  if (parcel.writeState === 'refused') return isKnownToAmazon(parcel) ? 'edit-refused' : 'refused';
  return ({ none: 'labelled', waiting: 'told', uncertain: 'uncertain', accepted: 'known' } as const)[parcel.writeState];
};

export type ParcelAct = 'hand-over' | 'edit' | 'void' | 'retry' | 'confirm' | 'reject' | 'doubt';

/**
 * `pack-again`: other content, still in the house. `correct`: said again under the next revision. `drop`: it is none any more.
 * `answer`: Amazon's word is kept with the revision that it is about.
 */
export type Effect = 'dispatch' | 'pack-again' | 'correct' | 'drop' | 'answer' | 'doubt';

/** Why it is not done; `words` below says it. */
export type Reason =
  | 'handed-over'
  | 'not-handed-over'
  | 'answer-awaited'
  | 'in-doubt'
  | 'amazon-knows'
  | 'label-at-amazon'
  | 'not-refused'
  | 'is-void';

type Row = Readonly<Record<ParcelAct, Effect | Reason | Refusal>>;

const never = 'not-allowed';

/** What happens to a parcel. What Amazon says to one that was never told, or is none any more, is for a person to look at. */
export const lifecycle = {
  packed: {
    'hand-over': 'dispatch',
    edit: 'pack-again',
    void: 'drop',
    retry: 'not-handed-over',
    confirm: never,
    reject: never,
    doubt: 'already-done',
  },
  told: {
    'hand-over': 'handed-over',
    edit: 'correct',
    void: 'answer-awaited',
    retry: 'answer-awaited',
    confirm: 'answer',
    reject: 'answer',
    doubt: 'doubt',
  },
  uncertain: {
    'hand-over': 'handed-over',
    edit: 'correct',
    void: 'in-doubt',
    retry: 'in-doubt',
    confirm: 'answer',
    reject: 'answer',
    doubt: 'already-done',
  },
  known: {
    'hand-over': 'handed-over',
    edit: 'correct',
    void: 'amazon-knows',
    retry: 'not-refused',
    confirm: 'answer',
    reject: 'answer',
    doubt: 'already-done',
  },
  refused: {
    'hand-over': 'handed-over',
    edit: 'correct',
    void: 'drop',
    retry: 'correct',
    confirm: 'answer',
    reject: 'answer',
    doubt: 'already-done',
  },
  'edit-refused': {
    'hand-over': 'handed-over',
    edit: 'correct',
    void: 'amazon-knows',
    retry: 'correct',
    confirm: 'answer',
    reject: 'answer',
    doubt: 'already-done',
  },
  labelled: {
    'hand-over': 'handed-over',
    edit: 'correct',
    void: 'label-at-amazon',
    retry: 'not-refused',
    confirm: 'answer',
    reject: 'answer',
    doubt: 'already-done',
  },
  voided: {
    'hand-over': 'is-void',
    edit: 'is-void',
    void: 'already-done',
    retry: 'is-void',
    confirm: never,
    reject: 'already-done',
    doubt: 'already-done',
  },
} as const satisfies Record<Standing, Row>;

export const words: Readonly<Record<Reason, string>> = {
  'handed-over': 'It has been handed over already: edit it instead.',
  'not-handed-over': 'It has not been handed over yet: Amazon was not told.',
  'answer-awaited': 'Amazon has been told, and has not answered yet: wait for that.',
  'in-doubt': 'Nobody can tell whether Amazon knows of it: settle that at the gateway, or edit it.',
  'amazon-knows': 'Amazon has been told and has taken it: edit it instead.',
  'label-at-amazon': 'Amazon knows of it by its label: return the label there.',
  'not-refused': 'Amazon has not refused it: there is nothing to try again.',
  'is-void': 'It was voided: make another parcel.',
};

export const isReason = (cell: Effect | Reason | Refusal): cell is Reason => cell in words;
