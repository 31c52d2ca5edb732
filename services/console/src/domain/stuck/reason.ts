import type { AmazonRefusal } from '@orderbus/contracts';
import type { Facts } from '../sentence.ts';
import type { Action } from './actions.ts';
import type { Known } from './facts.ts';

/** What has to happen before it goes on. `time`: nothing but that. */
export const waits = ['person', 'amazon', 'stock', 'time', 'operator', 'buyer'] as const;
export type WaitsFor = (typeof waits)[number];

/** One time that a rule applies. */
export interface Finding {
  readonly facts: Facts;
  readonly since?: string | undefined;
  readonly nextAttemptAt?: string | undefined;
  /** What mends it, the likeliest first. */
  readonly actions?: readonly (Action | undefined)[];
}

/** A line of the table. */
export interface Rule<Code extends string = string> {
  readonly code: Code;
  readonly waitsFor: WaitsFor;
  /** For people: when it applies, and what mends it. */
  readonly when: string;
  readonly mendedBy: string;
  readonly find: (known: Known) => readonly Finding[];
}

export const rule = <const Code extends string>(line: Rule<Code>): Rule<Code> => line;

/** What goes on by itself is not stuck before it takes longer than this. */
const patienceMs = 60_000;

export const isOverdue = (since: string, { now }: Pick<Known, 'now'>, afterMs = patienceMs): boolean =>
  Date.parse(now) - Date.parse(since) > afterMs;

export const one = (finding: Finding | false | null | undefined): readonly Finding[] => (finding ? [finding] : []);

/** What was said, with what says it in another language. */
export const saying = (said: Partial<AmazonRefusal> = {}): Facts => ({ ...said.facts, code: said.code ?? '', words: said.words ?? '' });

/** The fields that there are. */
export const present = <Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** When something like that was last told of the order. */
export const lastAt = ({ log = [] }: Known, type: string, cause?: string): string | undefined =>
  log.findLast((event) => event.type === type && (cause === undefined || event.cause === cause))?.occurredAt;
