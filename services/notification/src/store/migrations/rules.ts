import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules say who is told; a delivery is a message about one or many alerts, by mail or otherwise. What was to be mailed before stays so. */
export class Rules1764700000000 implements MigrationInterface {
  name = 'Rules1764700000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table rule_set (
      tenant text primary key,
      version int not null,
      settings jsonb not null)`);

    // Addresses of hooks are secrets: the rules hold only what may be shown of them.
    await runner.query(`create table rule_target (
      id uuid primary key,
      tenant text not null,
      sealed text not null)`);

    // What a message tells. An alert may be told by several.
    await runner.query(`create table delivery_alert (
      delivery_id uuid not null references delivery,
      alert_id uuid not null references alert,
      primary key (delivery_id, alert_id))`);
    await runner.query('insert into delivery_alert (delivery_id, alert_id) select id, alert_id from delivery');
    await runner.query('create index delivery_alert_alert on delivery_alert (alert_id)');

    await runner.query(`alter table delivery
      add column channel text not null default 'mail' check (channel in ('mail', 'slack', 'webhook')),
      add column target_id uuid,
      add column rules_of text not null default '*',
      add column rule_id uuid,
      add column rule_name text not null default 'ALERT_TO',
      add column group_key text,
      add column language text not null default 'en',
      add column time_zone text not null default 'UTC',
      add column tenants text[],
      add column test_kind text,
      add column planned_for timestamptz`);
    await runner.query(`update delivery d set tenants = array[a.tenant], planned_for = d.created_at from alert a where a.id = d.alert_id`);
    await runner.query(`alter table delivery
      alter column tenants set not null, alter column planned_for set not null, alter column channel drop default,
      alter column rules_of drop default, alter column rule_name drop default, alter column language drop default,
      alter column time_zone drop default, alter column created_at drop default, alter column next_attempt_at drop default,
      drop column alert_id,
      drop constraint delivery_state_check,
      add constraint delivery_state_check check (state in ('gathering', 'pending', 'sending', 'sent', 'failed', 'dropped'))`);

    // A message gathers until it is due, and there is one of its group meanwhile.
    await runner.query(`create unique index delivery_gathering on delivery (group_key) where state = 'gathering'`);
    // When the last of a group was to leave.
    await runner.query('create index delivery_group on delivery (group_key, planned_for) where group_key is not null');
    // The sender's question, of each channel.
    await runner.query('drop index delivery_due');
    await runner.query(
      `create index delivery_due on delivery (channel, next_attempt_at) where state in ('gathering', 'pending', 'sending')`,
    );
    // The list, newest first.
    await runner.query('create index delivery_newest on delivery (created_at desc, id desc)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table delivery add column alert_id uuid references alert');
    await runner.query('drop index delivery_gathering, delivery_group, delivery_due, delivery_newest');
    // Before, a mail was about one alert, and one alert led to one mail for each recipient.
    await runner.query(`update delivery d set alert_id = one.alert_id from (
      select distinct on (da.alert_id, d.recipient) da.delivery_id, da.alert_id from delivery_alert da join delivery d on d.id = da.delivery_id
      where d.channel = 'mail' and d.state <> 'dropped' order by da.alert_id, d.recipient, d.created_at) one where one.delivery_id = d.id`);
    await runner.query('drop table delivery_alert');
    await runner.query('delete from delivery where alert_id is null');
    await runner.query(`update delivery set state = 'pending' where state = 'gathering'`);
    await runner.query(`alter table delivery
      drop column channel, drop column target_id, drop column rules_of, drop column rule_id, drop column rule_name, drop column group_key,
      drop column language, drop column time_zone, drop column tenants, drop column test_kind, drop column planned_for,
      alter column alert_id set not null, alter column created_at set default now(), alter column next_attempt_at set default now(),
      drop constraint delivery_state_check,
      add constraint delivery_state_check check (state in ('pending', 'sending', 'sent', 'failed')),
      add constraint delivery_alert_id_recipient_key unique (alert_id, recipient)`);
    await runner.query(`create index delivery_due on delivery (next_attempt_at) where state in ('pending', 'sending')`);
    await runner.query('drop table rule_set, rule_target');
  }
}
