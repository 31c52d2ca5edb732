import type { Alert } from './alert.ts';
import type { Language } from './language.ts';
import type { Rule, RuleTarget } from './rule.ts';
import { dueAt } from './schedule.ts';

/** Somebody is to be told of an alert. */
export interface Wanted {
  /** Whose rules say so: a store's, or those for all. */
  readonly rulesOf: string;
  readonly alert: NewAlert;
  readonly rule: Rule;
  readonly target: RuleTarget;
  /** What belongs into one message has the same. */
  readonly group: string;
}

/** The rules that apply to a store. */
export interface EffectiveRules {
  readonly rulesOf: string;
  readonly rules: readonly Rule[];
}

export type NewAlert = Pick<Alert, 'id' | 'tenant' | 'kind'>;

/** A message that gathers alerts until it is due. Where one of its group is gathering already, that one goes on. */
export interface Gathering {
  readonly group: string;
  readonly rulesOf: string;
  readonly rule: Rule;
  readonly target: RuleTarget;
  readonly language: Language;
  readonly tenants: readonly string[];
  readonly dueAt: Date;
}

/** Which of these alerts are told to whom, by the rules of their stores. */
export const wantedOf = (alerts: readonly NewAlert[], effective: (tenant: string) => EffectiveRules): Wanted[] =>
  alerts.flatMap((alert) => {
    const { rulesOf, rules } = effective(alert.tenant);
    return rules
      .filter(({ enabled, kinds }) => enabled && (kinds === 'all' || kinds.includes(alert.kind)))
      .flatMap((rule) => rule.targets.map((target) => ({ rulesOf, alert, rule, target, group: groupOf(rule, target, alert) })));
  });

const groupOf = ({ id, schedule }: Rule, target: RuleTarget, alert: NewAlert): string => {
  const digest = `${id} ${target.id}`;
  if (schedule.when !== 'at-once') return digest;
  return `${digest} ${schedule.throttleMinutes === 0 ? alert.id : alert.kind}`;
};

/** The messages that they become, one for each group. `lastOf` says when the last one of a group was to leave. */
export const gatheringsOf = (
  wanted: readonly Wanted[],
  { now, gatherMs, lastOf }: { readonly now: Date; readonly gatherMs: number; readonly lastOf: (group: string) => Date | undefined },
): Gathering[] =>
  [...Map.groupBy(wanted, ({ group }) => group)].map(([group, [first, ...others]]) => {
    const { rulesOf, rule, target, alert } = first as Wanted;
    return {
      group,
      rulesOf,
      rule,
      target,
      language: target.language ?? rule.language,
      tenants: [...new Set([alert, ...others.map((other) => other.alert)].map(({ tenant }) => tenant))],
      dueAt: dueAt(rule, alert.kind, { now, gatherMs, last: lastOf(group) }),
    };
  });
