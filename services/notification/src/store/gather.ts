import { newId } from '@orderbus/kernel';
import { type Transaction, traceparentHere } from '@orderbus/outbox';
import { type Gathering, gatheringsOf, type NewAlert, type Wanted, wantedOf } from '../domain/plan.ts';
import type { RuleBook } from './rules.ts';

/** Sees to it that new alerts are told to whom the rules name. */
export type Tell = (tx: Transaction, alerts: readonly NewAlert[]) => Promise<void>;

export interface TellOptions {
  readonly rules: RuleBook;
  readonly now: () => Date;
  readonly gatherMs: number;
}

/** Rows only, beside the alerts: nothing leaves here. An alert joins the message of its group that is gathering already, or begins one. */
export const telling =
  ({ rules, now, gatherMs }: TellOptions): Tell =>
  async (tx, alerts) => {
    if (alerts.length === 0) return;
    const effective = await rules.of(
      tx,
      alerts.map(({ tenant }) => tenant),
    );
    const wanted = wantedOf(alerts, effective);
    if (wanted.length === 0) return;
    const last = await lastOf(tx, wanted);
    const at = now();
    await gather(tx, gatheringsOf(wanted, { now: at, gatherMs, lastOf: (group) => last.get(group) }), wanted, at);
  };

const lastOf = async (tx: Transaction, wanted: readonly Wanted[]): Promise<ReadonlyMap<string, Date>> => {
  const rows: { group: string; last: string }[] = await tx.query(
    `select group_key as "group", max(planned_for) as last from delivery where group_key = any($1::text[]) and state <> 'gathering' group by group_key`,
    [[...new Set(wanted.map(({ group }) => group))]],
  );
  return new Map(rows.map(({ group, last }) => [group, new Date(last)]));
};

/** In the order of their groups, so that two batches can never wait for each other in a circle. */
const gather = async (tx: Transaction, gatherings: readonly Gathering[], wanted: readonly Wanted[], at: Date): Promise<void> => {
  const messages = gatherings.map(({ group, rulesOf, rule, target, language, tenants, dueAt }) => ({
    ...{ id: newId(), group_key: group, rules_of: rulesOf, rule_id: rule.id, rule_name: rule.name, target_id: target.id },
    ...{ channel: target.channel, recipient: target.shown, language, time_zone: rule.timeZone, tenants, due_at: dueAt },
  }));
  await tx.query(
    `with gathered as (
       insert into delivery (${gatheredColumns}, tenants, state, planned_for, next_attempt_at, created_at)
       select ${gatheredColumns}, array(select jsonb_array_elements_text(tenants)), 'gathering', due_at, due_at, $3
       from jsonb_to_recordset($1) as m(id uuid, group_key text, rules_of text, rule_id uuid, rule_name text, target_id uuid, channel text,
         recipient text, language text, time_zone text, tenants jsonb, due_at timestamptz)
       order by group_key
       on conflict (group_key) where state = 'gathering' do update
         set tenants = array(select distinct unnest(delivery.tenants || excluded.tenants))
       returning id, group_key)
     insert into delivery_alert (delivery_id, alert_id, traceparent)
     select g.id, w.alert_id, $4 from jsonb_to_recordset($2) as w(group_key text, alert_id uuid) join gathered g using (group_key)
     on conflict do nothing`,
    [
      JSON.stringify(messages),
      JSON.stringify(wanted.map(({ group, alert }) => ({ group_key: group, alert_id: alert.id }))),
      at,
      traceparentHere() ?? null,
    ],
  );
};

const gatheredColumns = 'id, group_key, rules_of, rule_id, rule_name, target_id, channel, recipient, language, time_zone';
