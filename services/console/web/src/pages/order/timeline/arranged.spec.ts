import { expect, test } from '@jest/globals';
import { byDay, filtered } from './arranged.ts';
import type { Entry } from './entries.ts';
import { toneOfEntry } from './tone.ts';

const entry = (id: string, parts: Partial<Entry> = {}): Entry => ({
  ...{ id, kind: 'event', type: 'order.held', service: 'order', tenant: 's', at: `2026-05-0${id}T10:00:00.000Z`, occurredAt: '', data: {} },
  ...parts,
});

test('a timeline shows the newest first, day by day', () => {
  const days = byDay([entry('4'), entry('5'), { ...entry('6'), at: '2026-05-05T11:00:00.000Z' }], (at) => at.slice(0, 10));
  expect(days.map(([day, entries]) => [day, entries.map(({ id }) => id)])).toEqual([
    ['2026-05-05', ['6', '5']],
    ['2026-05-04', ['4']],
  ]);
});

test('it shows one service, one kind, or everything', () => {
  const all = [entry('1'), entry('2', { service: 'billing' }), entry('3', { kind: 'write', service: 'amazon-gateway' })];
  expect(filtered(all, {})).toEqual(all);
  expect(filtered(all, { service: 'billing' }).map(({ id }) => id)).toEqual(['2']);
  expect(filtered(all, { kind: 'event', service: 'order' }).map(({ id }) => id)).toEqual(['1']);
});

test.each([
  ['amazon.shipment.rejected', 'event', 'stopped'],
  ['amazon.shipment.confirmed', 'event', 'ok'],
  ['amazon.write.uncertain', 'event', 'attention'],
  ['confirmShipment', 'failed-call', 'stopped'],
  ['order.commented', 'event', 'quiet'],
] as const)('%s (%s) is %s', (type, kind, tone) => {
  expect(toneOfEntry({ type, kind })).toBe(tone);
});
