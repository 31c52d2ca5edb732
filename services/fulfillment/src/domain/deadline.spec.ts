import { describe, expect, test } from '@jest/globals';
import { bucketOf, type Due, decideDeadline, hoursLeft, levels, lifecycle, standings, type Told } from './deadline.ts';

const hour = 3_600_000;
const shipBy = '2026-05-04T21:59:59.000Z';
const at = (hours: number) => ({ now: new Date(Date.parse(shipBy) + hours * hour), alertMs: 12 * hour });
const identity = { number: '000000012', amazonOrderId: '114-0000000-0000012' };
const order: Due = { ...identity, shipBy, canceled: false, leftToShip: true, obstacles: [] };

describe('an order that has to leave', () => {
  const berlin = 'Europe/Berlin';
  const bucket = (deadline: string | null, now: string, zone = berlin) =>
    bucketOf(deadline, zone, { now: new Date(now), alertMs: 12 * hour });

  test('is due today until the last moment, and overdue after it', () => {
    expect(bucket(shipBy, '2026-05-04T21:59:59.000Z')).toBe('due-today');
    expect(bucket(shipBy, '2026-05-04T21:59:59.001Z')).toBe('overdue');
  });

  test('is due today by the clock of its marketplace, and not by ours', () => {
    const now = '2026-05-04T22:30:00Z';
    const tomorrowInBerlin = '2026-05-05T21:59:59Z';
    expect(bucket(tomorrowInBerlin, '2026-05-04T21:00:00Z')).toBe('in-time');
    expect(bucket(tomorrowInBerlin, now)).toBe('due-today');
    expect(bucket(tomorrowInBerlin, now, 'America/Los_Angeles')).toBe('in-time');
  });

  test('is due today when its day ends with it, at midnight itself', () => {
    expect(bucket('2026-05-04T22:00:00Z', '2026-05-04T10:00:00Z')).toBe('due-today');
    expect(bucket('2026-05-04T22:00:00.001Z', '2026-05-04T10:00:00Z')).toBe('in-time');
  });

  test('is at risk tomorrow, when that is near', () => {
    expect(bucket('2026-05-05T08:00:00Z', '2026-05-04T20:00:00Z')).toBe('at-risk');
    expect(bucket('2026-05-05T08:00:01Z', '2026-05-04T20:00:00Z')).toBe('in-time');
  });

  test('has no deadline when its marketplace has told none', () => expect(bucket(null, '2026-05-04T20:00:00Z')).toBe('no-deadline'));

  test('has hours left, which are never flattered', () => {
    expect(hoursLeft(shipBy, at(-2).now)).toBe(2);
    expect(hoursLeft(shipBy, new Date('2026-05-04T20:01:00Z'))).toBe(1.9);
    expect(hoursLeft(shipBy, at(1).now)).toBe(-1);
  });
});

const told = (level: Told['level'], about = shipBy): Told | undefined => ({ level, shipBy: about });
const says = (before: Told | undefined, change: Partial<Due>, hours: number): string[] => {
  const decision = decideDeadline(before, { ...order, ...change }, 'order-1', at(hours));
  return 'refused' in decision
    ? [decision.refused]
    : [`now ${decision.state.level}`, ...decision.events.map(({ definition, data }) => said(definition.type, data as Said))];
};

interface Said {
  readonly shipBy: string;
  readonly outcome?: string;
}
const said = (type: string, data: Said): string => [type, data.shipBy.slice(8, 10), data.outcome ?? ''].join(' ').trim();

describe('what is said about a deadline', () => {
  const nothing = ['already-done'];
  const atRisk = ['now at-risk', 'ship_by.at_risk 04'];
  const missed = ['now missed', 'ship_by.missed 04'];
  const stands = {
    'in-time': [{}, -13],
    near: [{}, -12],
    passed: [{}, 0.01],
    shipped: [{ leftToShip: false }, -1],
    canceled: [{ canceled: true, leftToShip: false }, -1],
  } as const satisfies Record<(typeof standings)[number], [Partial<Due>, number]>;
  const settledBy = (outcome: string) => ['now settled', `ship_by.settled 04 ${outcome}`];
  const expected = {
    settled: { 'in-time': nothing, near: atRisk, passed: missed, shipped: nothing, canceled: nothing },
    'at-risk': {
      ...{ 'in-time': nothing, near: nothing, passed: missed },
      ...{ shipped: settledBy('shipped'), canceled: settledBy('canceled') },
    },
    missed: {
      ...{ 'in-time': nothing, near: nothing, passed: nothing },
      ...{ shipped: settledBy('shipped'), canceled: settledBy('canceled') },
    },
  } as const;

  const cells = levels.flatMap((level) => standings.map((standing) => [level, standing] as const));

  test.each(cells)('when %s was said and the order is %s', (level, standing) => {
    const [change, hours] = stands[standing];
    expect(says(told(level), change, hours)).toEqual(expected[level][standing]);
    if (level === 'settled') expect(says(undefined, change, hours)).toEqual(expected[level][standing]);
  });

  test('has a cell for each of them', () => {
    expect(cells).toHaveLength(Object.values(lifecycle).flatMap((row) => Object.values(row)).length);
  });

  test('names what blocks the order', () => {
    const decision = decideDeadline(undefined, { ...order, obstacles: ['stock', 'hold'] }, 'order-1', at(-1));
    expect(decision).toMatchObject({ events: [{ data: { ...identity, orderId: 'order-1', shipBy, obstacles: ['stock', 'hold'] } }] });
  });

  test('is told from the first of those hours on', () => {
    expect(says(undefined, {}, -12.001)).toEqual(nothing);
    expect(says(undefined, {}, 0)).toEqual(atRisk);
  });

  test('is taken back when the deadline is moved, and the new one has words of its own', () => {
    const later = '2026-05-09T21:59:59.000Z';
    expect(says(told('missed'), { shipBy: later }, 1)).toEqual(['now settled', 'ship_by.settled 04 moved']);
    expect(says(told('at-risk', later), {}, 1)).toEqual(['now missed', 'ship_by.settled 09 moved', 'ship_by.missed 04']);
    expect(says(told('missed', later), {}, -1)).toEqual(['now at-risk', 'ship_by.settled 09 moved', 'ship_by.at_risk 04']);
    expect(says(told('at-risk'), { shipBy: null }, -1)).toEqual(['now settled', 'ship_by.settled 04 moved']);
  });

  test('is taken back as shipped when the deadline was moved, too', () => {
    const change = { shipBy: '2026-05-09T21:59:59.000Z', leftToShip: false };
    expect(says(told('missed'), change, 1)).toEqual(['now settled', 'ship_by.settled 04 shipped']);
  });

  test('is said anew when a parcel turns out not to have left', () => {
    expect(says(told('settled'), {}, 1)).toEqual(missed);
  });

  test('is nothing where there is no deadline', () => expect(says(undefined, { shipBy: null }, 100)).toEqual(nothing));
});
