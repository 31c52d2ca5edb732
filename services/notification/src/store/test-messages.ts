import { newId } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import type { AlertKind } from '../domain/alert.ts';
import type { Rule } from '../domain/rule.ts';

export interface TestMessage {
  readonly rulesOf: string;
  readonly rule: Rule;
  readonly tenant: string;
  readonly kind: AlertKind;
  readonly now: Date;
}

/** A message to each target of the rule, due now: quiet hours and digests do not hold it back. */
export const planTest = async (database: Database, { rulesOf, rule, tenant, kind, now }: TestMessage): Promise<readonly string[]> => {
  const messages = rule.targets.map(({ id, channel, shown, language }) => ({
    ...{ id: newId(), target_id: id, channel, recipient: shown, language: language ?? rule.language },
  }));
  await database.query(
    `insert into delivery (id, rules_of, rule_id, rule_name, target_id, channel, recipient, language, time_zone, tenants, test_kind, state,
       planned_for, next_attempt_at, created_at)
     select id, $2, $3, $4, target_id, channel, recipient, language, $5, array[$6], $7, 'pending', $8, $8, $8
     from jsonb_to_recordset($1) as m(id uuid, target_id uuid, channel text, recipient text, language text)`,
    [JSON.stringify(messages), rulesOf, rule.id, rule.name, rule.timeZone, tenant, kind, now],
  );
  return messages.map(({ id }) => id);
};
