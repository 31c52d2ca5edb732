import { describe, expect, test } from '@jest/globals';
import type { BuyerData } from '@orderbus/contracts';
import { type KnownOrder, type Observe, type ObserveContext, observe } from './observe.ts';
import type { Snapshot } from './translate.ts';

const about = { id: '9b1deb4d-3b7d-5bad-9bdd-2b0d7b3dcb6d', tenant: 'store-1' };

const snapshot: Snapshot = {
  orderId: about.id,
  amazonOrderId: '111-0000001-0000001',
  marketplaceId: 'ATVPDKIKX0DER',
  status: 'unshipped',
  fulfilledBy: 'merchant',
  purchasedAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-01T12:00:00.000Z',
  programs: [],
  lines: ['1', '2'].map((lineId) => ({
    lineId,
    sku: `SKU-${lineId}`,
    title: 'A sample',
    quantity: 1,
    quantityShipped: 0,
    taxCollectedBy: 'seller' as const,
  })),
  balanced: true,
};
const buyer: BuyerData = { name: 'Ada Example' };

/** Sealing that can be looked into, and counted. */
const contextWith = (overrides: Partial<ObserveContext> = {}): ObserveContext & { sealed: () => number } => {
  let count = 0;
  return {
    now: '2026-03-01T12:05:00.000Z',
    seal: (plain, orderId) => `seal ${++count} ${orderId} ${JSON.stringify(plain)}`,
    open: (sealed) => JSON.parse(sealed.slice(sealed.indexOf('{'))) as BuyerData,
    isOutdated: () => false,
    fingerprint: (text) => text,
    lastShown: () => undefined,
    sealed: () => count,
    ...overrides,
  };
};

const seen = (changes: Partial<Snapshot> = {}, who: BuyerData | undefined = buyer): Observe => ({
  type: 'observe',
  snapshot: { ...snapshot, ...changes },
  buyer: who,
});

const decide = (known: KnownOrder | undefined, command: Observe, context: ObserveContext = contextWith()) => {
  const decision = observe(known, command, about, context);
  if ('refused' in decision) return { refused: decision.refused, known };
  const [event] = decision.events;
  if (!event || decision.events.length > 1) throw new Error('one event was expected');
  return { event, known: { ...decision.state, ...about, version: (known?.version ?? 0) + 1 } as KnownOrder };
};
const imported = (): KnownOrder => decide(undefined, seen()).known as KnownOrder;

describe('an order that Amazon shows', () => {
  test('is imported when it is new, at the time that Amazon gives', () => {
    const { event, known } = decide(undefined, seen());
    expect(event).toMatchObject({
      definition: { type: 'amazon.order.imported' },
      occurredAt: snapshot.updatedAt,
      data: { ...snapshot, buyerData: 'present', sealedBuyer: known?.sealedBuyer },
    });
    expect(known).toMatchObject({ status: 'unshipped', importedAt: '2026-03-01T12:05:00.000Z' });
  });

  test('is updated when it is different, and remembers when it was imported', () => {
    const later = contextWith({ now: '2026-03-02T00:00:00.000Z' });
    const { event, known } = decide(imported(), seen({ status: 'shipped', updatedAt: '2026-03-01T13:00:00.000Z' }), later);
    expect(event).toMatchObject({ definition: { type: 'amazon.order.updated' }, data: { status: 'shipped' } });
    expect(known).toMatchObject({ importedAt: '2026-03-01T12:05:00.000Z', changedAt: '2026-03-02T00:00:00.000Z' });
  });

  test('is updated when it is different without a new time: Amazon forgets to say so', () => {
    expect(decide(imported(), seen({ balanced: false })).event?.definition.type).toBe('amazon.order.updated');
  });

  test.each([
    ['the same', seen()],
    ['the same at a later time', seen({ updatedAt: '2026-03-01T14:00:00.000Z' })],
    ['the same with its lines in another order', seen({ lines: snapshot.lines.toReversed() })],
    ['the same without its buyer', { ...seen(), buyer: undefined }],
    ['different, but older', seen({ status: 'pending', updatedAt: '2026-03-01T11:00:00.000Z' })],
  ])('changes nothing when it is %s', (_, command) => {
    expect(decide(imported(), command).refused).toBe('already-done');
  });
});

describe('an order that was created before the start of the store', () => {
  const old = { ...seen(), notBefore: '2026-03-01T10:00:00.001Z' };

  test('is not imported, unless it is known already', () => {
    expect(decide(undefined, old).refused).toBe('already-done');
    expect(decide(imported(), { ...old, snapshot: { ...snapshot, status: 'shipped' } }).event?.definition.type).toBe(
      'amazon.order.updated',
    );
  });
});

describe('an order of which Amazon refuses to show part', () => {
  const before = (known: Partial<Snapshot> = {}) => contextWith({ lastShown: () => ({ ...snapshot, ...known }) });
  const hidden = { status: 'unknown', fulfilledBy: 'amazon' } as const;

  test('keeps what is known of that part, and gets what is new of the rest', () => {
    const changes = { ...hidden, cancelRequested: {}, updatedAt: '2026-03-01T13:00:00.000Z' };
    const { event } = decide(imported(), { ...seen(changes), without: ['FULFILLMENT'] }, before());
    expect(event?.data).toMatchObject({ status: 'unshipped', fulfilledBy: 'merchant', cancelRequested: {} });
  });

  test('has not changed when the rest has not, in whatever order its parts come together', () => {
    const shipBy = { to: '2026-03-04T08:00:00.000Z' };
    const { known } = decide(undefined, { ...seen(), snapshot: { shipBy, ...snapshot } });
    expect(decide(known, { ...seen(hidden), without: ['FULFILLMENT'] }, before({ shipBy })).refused).toBe('already-done');
  });

  test('waits when nobody knows whose warehouse ships it, or how it was before', () => {
    expect(decide(undefined, { ...seen(hidden), without: ['FULFILLMENT'] }).refused).toBe('too-early');
    expect(decide(imported(), { ...seen(), without: ['PACKAGES'] }, contextWith()).refused).toBe('too-early');
  });

  test.each(['PROCEEDS', 'TAX'] as const)('is imported without %s, but a person should look before money moves', (dataset) => {
    expect(decide(undefined, { ...seen(), without: [dataset] }).event?.data).toMatchObject({ balanced: false });
  });

  test('is not taken for one of whose buyer a role hides', () => {
    const { event } = decide(undefined, { ...seen(), buyer: undefined, without: ['BUYER'] });
    expect(event?.data).toMatchObject({ buyerData: 'not-yet' });
  });
});

describe('the buyer of an order', () => {
  test('is sent again, as it was sealed, when Amazon shows nothing of him any more', () => {
    const known = imported();
    const context = contextWith();
    const { event } = decide(known, { ...seen({ status: 'canceled' }), buyer: undefined }, context);
    expect(event?.data).toMatchObject({ status: 'canceled', sealedBuyer: known.sealedBuyer, buyerData: 'present' });
    expect(context.sealed()).toBe(0);
  });

  test('is sealed anew with what is new, and with a new key', () => {
    const moved = { ...buyer, recipient: { lines: ['2 Other Road'] } };
    expect(decide(imported(), seen({}, moved)).known?.sealedBuyer).toContain('2 Other Road');
    const rotated = contextWith({ isOutdated: () => true });
    decide(imported(), seen({ status: 'shipped' }), rotated);
    expect(rotated.sealed()).toBe(1);
  });

  test('is passed on unopened when the key is gone', () => {
    const known = imported();
    const { event } = decide(known, { ...seen({ status: 'canceled' }), buyer: undefined }, contextWith({ open: () => undefined }));
    expect(event?.data).toMatchObject({ sealedBuyer: known.sealedBuyer });
  });

  test('is absent while Amazon does not show him', () => {
    const { event } = decide(undefined, { ...seen({ status: 'pending' }), buyer: undefined });
    expect(event?.data).toMatchObject({ buyerData: 'not-yet' });
    expect(event?.data).not.toHaveProperty('sealedBuyer');
  });
});
