import type { Facts } from './sentence.ts';
import type { Action } from './stuck/actions.ts';
import type { Known } from './stuck/facts.ts';
import { moneyRules } from './stuck/money-rules.ts';
import { amazonStateRules, cancellationRules, decisionRules } from './stuck/order-rules.ts';
import { deadlineRules, parcelRules } from './stuck/parcel-rules.ts';
import type { Finding, Rule, WaitsFor } from './stuck/reason.ts';
import { faultRules, messageRules, ownerRules, syncRules } from './stuck/running-rules.ts';
import { stockRules } from './stuck/stock-rules.ts';
import { doubtRules, waitingRules } from './stuck/write-rules.ts';

/**
 * Every reason why an order does not go on, the most important first: what hides everything else, what people have to decide, what goods and
 * money wait for, what Amazon has not done yet, and what is wrong around it. Each line says when it applies, who has to act and what mends it.
 */
export const table = [
  ...faultRules,
  ...decisionRules,
  ...amazonStateRules,
  ...stockRules,
  ...parcelRules,
  ...doubtRules,
  ...cancellationRules,
  ...deadlineRules,
  ...moneyRules,
  ...waitingRules,
  ...messageRules,
  ...syncRules,
  ...ownerRules,
] as const;

export type Code = (typeof table)[number]['code'];

export const codes = table.map(({ code }) => code) as unknown as readonly [Code, ...Code[]];

/** Why an order does not go on, in facts; the words are the browser's. */
interface Reason {
  readonly code: Code;
  readonly waitsFor: WaitsFor;
  readonly facts: Facts;
  readonly since?: string;
  /** When it is tried again by itself. */
  readonly nextAttemptAt?: string;
  /** The button that mends it. Absent: Amazon, or time. */
  readonly action?: Action;
  /** What else helps. */
  readonly alternatives: readonly Action[];
}

export interface Stuck extends Reason {
  /** What keeps it besides, in order. */
  readonly behind: readonly Reason[];
}

/** Nothing when nothing is in its way. */
export const whyStuck = (known: Known): Stuck | undefined => {
  const [first, ...behind] = (table as readonly Rule<Code>[]).flatMap((line) => line.find(known).map((finding) => reasonOf(line, finding)));
  return first && { ...first, behind };
};

const reasonOf = ({ code, waitsFor }: Rule<Code>, { facts, since, nextAttemptAt, actions = [] }: Finding): Reason => {
  const [action, ...alternatives] = actions.filter((each) => each !== undefined);
  return {
    ...{ code, waitsFor, facts, alternatives },
    ...(since === undefined ? {} : { since }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
    ...(action === undefined ? {} : { action }),
  };
};
