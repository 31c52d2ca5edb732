import type { NewEvent } from '@orderbus/contracts';
import type { Command, Wish } from '../src/domain/shipping/command.ts';
import { decide } from '../src/domain/shipping/decide.ts';
import type { Step } from '../src/domain/shipping/decision.ts';
import type { Standing } from '../src/domain/shipping/lifecycle.ts';
import type { Beginning, OrderedLine, Shipping } from '../src/domain/shipping/order.ts';

export const orderId = '7b0a3c1e-7f54-4a0e-9a51-0d3c6b1f2a10';
export const at = '2026-05-05T09:00:00.000Z';
export const by = { actor: { kind: 'person', name: 'Ada' }, at } as const;

export const aShippingLine = (lineId = 'L1', quantity = 2, changes: Partial<OrderedLine> = {}): OrderedLine => ({
  ...{ lineId, sku: `SKU-${lineId}`, title: 'Desk lamp', quantity, quantityShipped: 0 },
  ...changes,
});

export const aBeginning = (changes: Partial<Beginning> = {}): Beginning => ({
  ...{ number: '000000012', amazonOrderId: '114-0000000-0000012', marketplaceId: 'A1PA6795UKMFR9', fulfilledBy: 'merchant' },
  ...{ purchasedAt: '2026-05-04T08:00:00.000Z', programs: [], lines: [aShippingLine()] },
  ...changes,
});

/** What comes of these, one after the other; a refusal is an error. */
export const after = (start: Shipping | undefined, ...commands: readonly Command[]): Shipping => {
  const end = commands.reduce<Shipping | undefined>((state, command) => {
    const step = decide(state, command, orderId);
    if ('refused' in step) throw new Error(`${command.type}: ${step.refused} ${step.detail}`);
    return step.state;
  }, start);
  return end as Shipping;
};

/** An order with its stock set aside. */
export const anOpenOrder = (changes: Partial<Beginning> = {}): Shipping =>
  after(undefined, { type: 'begin', version: 1, order: aBeginning(changes) }, { type: 'hear', version: 2, words: { stock: null } });

type Packing = Extract<Wish, { type: 'pack' }>['packages'][number];

export const pack = (changes: Partial<Packing> = {}, handedOver = true): Command => ({
  ...{ type: 'pack', handedOver, ...by },
  packages: [{ shipmentId: 'p1', path: '', labelFrom: 'seller', carrier: 'DHL', trackingNumber: '00340', ...changes }],
});

export const confirm = (revision = 1): Command => ({
  ...{ type: 'confirm', shipmentId: 'p1', revision, packageReference: '1', acceptedAt: '2026-05-05T09:00:02.000Z' },
});
export const reject = (revision = 1): Command => ({
  ...{ type: 'reject', shipmentId: 'p1', revision, refusal: { code: 'bad', words: 'PackageToUpdateNotFound' } },
});
export const doubt: Command = { type: 'doubt', about: 'shipment', since: at, words: 'Amazon does not answer.' };
export const edit = (changes: object): Command => ({ type: 'edit', shipmentId: 'p1', ...changes, ...by }) as Command;

/** An order of two units, one of which is in parcel p1 that stands there. */
export const anOrderWith = (standing: Standing): Shipping => {
  const one = { lines: [{ lineId: 'L1', quantity: 1 }] };
  const ways: Record<Standing, readonly Command[]> = {
    packed: [pack(one, false)],
    told: [pack(one)],
    uncertain: [pack(one), doubt],
    known: [pack(one), confirm()],
    refused: [pack(one), reject()],
    'edit-refused': [pack(one), confirm(), edit({ carrier: 'UPS' }), reject(2)],
    labelled: [pack({ ...one, labelFrom: 'channel' })],
    voided: [pack(one, false), { type: 'void', shipmentId: 'p1', reason: null, ...by }],
  };
  return after(anOpenOrder(), ...ways[standing]);
};

export const typesOf = (step: Step): string[] => ('events' in step ? step.events.map(({ definition }: NewEvent) => definition.type) : []);
