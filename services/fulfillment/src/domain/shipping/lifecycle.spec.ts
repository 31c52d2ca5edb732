import { describe, expect, test } from '@jest/globals';
import { after, anOpenOrder, anOrderWith, by, confirm, doubt, edit, orderId, reject, typesOf } from '../../../test/parcels.ts';
import type { Command } from './command.ts';
import { decide } from './decide.ts';
import type { Step } from './decision.ts';
import { type Effect, isReason, lifecycle, type ParcelAct, type Standing, standingOf, standings, words } from './lifecycle.ts';
import type { Parcel } from './parcel.ts';
import { pickupLifecycle } from './pickup.ts';

const commandFor = (act: ParcelAct, parcel: Parcel): Command => {
  const plain = { shipmentId: 'p1', ...by };
  const commands: Record<ParcelAct, Command> = {
    'hand-over': { type: 'hand-over', ...plain },
    edit: edit({ trackingNumber: '00999' }),
    void: { type: 'void', reason: 'broken', ...plain },
    retry: { type: 'retry', ...plain },
    confirm: confirm(parcel.revision),
    reject: reject(parcel.revision),
    doubt: { ...doubt, since: by.at } as Command,
  };
  return commands[act];
};

/** What each effect means to those who look on. */
const told: Record<Effect, readonly string[]> = {
  dispatch: ['shipment.dispatched'],
  'pack-again': ['shipment.packed'],
  correct: ['shipment.corrected'],
  drop: ['shipment.voided'],
  answer: [],
  doubt: [],
};

describe('the table of parcels', () => {
  const acts = Object.keys(lifecycle.packed) as ParcelAct[];
  const cells = standings.flatMap((standing) => acts.map((act) => [standing, act, lifecycle[standing][act]] as const));

  test.each(standings)('has a parcel that is %s', (standing) => {
    expect(standingOf(anOrderWith(standing).parcels[0] as Parcel)).toBe(standing);
  });

  /** Amazon may say the same twice. */
  const isSaid = (standing: Standing, act: ParcelAct): boolean =>
    (act === 'confirm' && standing === 'known') || (act === 'reject' && (standing === 'refused' || standing === 'edit-refused'));

  test.each(cells)('%s, %s: %s', (standing, act, cell) => {
    const order = anOrderWith(standing);
    const [before] = order.parcels as [Parcel];
    const step = decide(order, commandFor(act, before), orderId);
    if (isReason(cell)) {
      const objection = { code: `shipment.${cell}`, errors: [{ message: words[cell] }] };
      expect(step).toMatchObject({ refused: 'not-allowed', objection });
    } else if (isSaid(standing, act)) expect(step).toEqual({ refused: 'already-done' });
    else if (isEffect(cell)) expectEffect(step, cell, before);
    else expect(step).toMatchObject({ refused: cell });
  });

  const isEffect = (cell: string): cell is Effect => cell in told;

  const expectEffect = (step: Step, effect: Effect, before: Parcel): void => {
    expect(typesOf(step)).toEqual(told[effect]);
    const { revision, version } = before;
    expect(step).toMatchObject({ state: { parcels: [{ revision: revision + told[effect].length, version: version + 1 }] } });
  };

  test('knows no parcel that nobody has made', () => {
    const open = anOpenOrder();
    expect(decide(open, confirm(), orderId)).toMatchObject({ refused: 'not-allowed' });
    expect(decide(open, { type: 'retry', shipmentId: 'p1', ...by }, orderId)).toMatchObject({ objection: { kind: 'not-found' } });
  });
});

describe('an order that the buyer fetches', () => {
  const fetched = anOpenOrder({ programs: ['in-store-pickup'] });
  const report = (status: 'ready' | 'picked-up' | 'refused'): Command => ({ type: 'pickup', status, lines: null, ...by });
  const cells = Object.entries(pickupLifecycle).flatMap(([last, row]) =>
    Object.entries(row).map(([next, cell]) => [last, next as 'ready', cell] as const),
  );

  test.each(cells)('%s, then %s: %s', (last, next, cell) => {
    const order = last === 'none' ? fetched : after(fetched, report(last as 'ready'));
    const step = decide(order, report(next), orderId);
    if (cell === 'report') expect(typesOf(step)).toEqual(['pickup.progressed']);
    else expect(step).toMatchObject(cell === 'ended' ? { objection: { code: 'pickup.ended' } } : { refused: cell });
  });

  test('is done when it was picked up, and open again when Amazon refuses that', () => {
    const fetchedNow = after(fetched, report('ready'), report('picked-up'));
    expect(fetchedNow.order).toMatchObject({ state: 'done', toShip: 0 });
    const refusal = { code: 'x', words: 'Not at this store.' };
    const refused = after(fetchedNow, { type: 'reject-pickup', status: 'picked-up', refusal });
    expect(refused.order).toMatchObject({ state: 'open', toShip: 2 });
    expect(decide(refused, report('picked-up'), orderId)).toMatchObject({
      detail: 'Amazon refused it: Not at this store. Have it sent again at the gateway.',
    });
    const taken = after(refused, { type: 'confirm-pickup', status: 'picked-up', acceptedAt: by.at });
    expect(taken.order).toMatchObject({ state: 'done', pickup: [{ status: 'ready' }, { acceptedAt: by.at, refusal: null }] });
    expect(decide(taken, { type: 'reject-pickup', status: 'picked-up', refusal }, orderId)).toEqual({ refused: 'already-done' });
  });

  test('is not packed, and no other order is picked up', () => {
    expect(decide(anOpenOrder(), report('ready'), orderId)).toMatchObject({ objection: { code: 'pickup.not-in-store' } });
  });
});
