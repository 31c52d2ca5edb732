import { describe, expect, test } from '@jest/globals';
import type { AlertKind } from './alert.ts';
import { gatheringsOf, type NewAlert, wantedOf } from './plan.ts';
import type { Rule } from './rule.ts';

const warehouse: Rule = {
  ...{
    id: 'warehouse',
    name: 'Warehouse',
    enabled: true,
    kinds: ['order-blocked', 'stock-low'],
    language: 'de',
    timeZone: 'Europe/Berlin',
  },
  targets: [
    { id: 'anna', channel: 'mail', shown: 'anna@example.com' },
    { id: 'bob', channel: 'mail', shown: 'bob@example.com', language: 'en' },
  ],
  schedule: { when: 'at-once', throttleMinutes: 15 },
};
const alert = (id: string, kind: AlertKind = 'order-blocked', tenant = 'main'): NewAlert => ({ id, kind, tenant });
const now = new Date('2026-05-04T10:00:00Z');

const planned = (alerts: NewAlert[], rules: Record<string, Rule[]>, last?: Date) => {
  const wanted = wantedOf(alerts, (tenant) => ({ rulesOf: tenant, rules: rules[tenant] ?? [] }));
  const gatherings = gatheringsOf(wanted, { now, gatherMs: 10_000, lastOf: () => last });
  return gatherings.map(({ group, target, language, dueAt, tenants }) => ({
    ...{ to: target.id, language, tenants, at: dueAt.toISOString().slice(11, 19) },
    alerts: wanted.filter((one) => one.group === group).map((one) => one.alert.id),
  }));
};

describe('a rule', () => {
  test('tells each of its targets, in its language or in theirs', () => {
    expect(planned([alert('1')], { main: [warehouse] })).toEqual([
      { to: 'anna', language: 'de', tenants: ['main'], at: '10:00:10', alerts: ['1'] },
      { to: 'bob', language: 'en', tenants: ['main'], at: '10:00:10', alerts: ['1'] },
    ]);
  });

  test('tells nothing of other kinds, of other stores, or while it is switched off', () => {
    expect(planned([alert('1', 'order-new')], { main: [warehouse] })).toEqual([]);
    expect(planned([alert('1', 'order-blocked', 'other')], { main: [warehouse] })).toEqual([]);
    expect(planned([alert('1')], { main: [{ ...warehouse, enabled: false }] })).toEqual([]);
  });

  test('for all kinds tells of every kind', () => {
    const all: Rule = { ...warehouse, kinds: 'all', targets: warehouse.targets.slice(0, 1) };
    expect(planned([alert('1', 'order-new'), alert('2', 'circuit-open', '*')], { main: [all], '*': [all] })).toHaveLength(2);
  });
});

describe('alerts that come together', () => {
  const rule: Rule = { ...warehouse, targets: warehouse.targets.slice(0, 1) };
  const storm = ['1', '2', '3'].map((id) => alert(id, 'order-blocked', `shop-${id}`));
  const rules = (one: Rule) => ({ 'shop-1': [one], 'shop-2': [one], 'shop-3': [one], main: [one] });

  test('are one message where they are of one kind, of whatever store', () => {
    expect(planned([...storm, alert('4', 'stock-low')], rules(rule))).toMatchObject([
      { alerts: ['1', '2', '3'], tenants: ['shop-1', 'shop-2', 'shop-3'] },
      { alerts: ['4'], tenants: ['main'] },
    ]);
  });

  test('are one message in a digest, of whatever kind', () => {
    const digest = { ...rule, schedule: { when: 'daily', at: ['18:00'] } } as const;
    expect(planned([...storm, alert('4', 'stock-low')], rules(digest))).toMatchObject([{ alerts: ['1', '2', '3', '4'], at: '16:00:00' }]);
  });

  test('are a message each where the rule wants none to be held back', () => {
    const each = { ...rule, schedule: { when: 'at-once', throttleMinutes: 0 } } as const;
    expect(planned(storm, rules(each))).toMatchObject([{ alerts: ['1'], at: '10:00:00' }, { alerts: ['2'] }, { alerts: ['3'] }]);
  });

  test('wait when a message of their kind has just left', () => {
    expect(planned(storm, rules(rule), new Date('2026-05-04T09:55:00Z'))).toMatchObject([{ at: '10:10:00' }]);
  });
});
