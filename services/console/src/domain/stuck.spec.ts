import { describe, expect, test } from '@jest/globals';
import {
  aCommand,
  aMemo,
  anOrder,
  aParcel,
  aStore,
  blockedBy,
  commandId,
  known,
  memoId,
  now,
  orderId,
  parcelId,
  shippingWith,
  stockOf,
  waiting,
} from '../../test/stuck-builders.ts';
import { examples } from '../../test/stuck-examples.ts';
import { actionKinds } from './stuck/actions.ts';
import { type Code, codes, table, whyStuck } from './stuck.ts';

describe('the table of reasons', () => {
  test('has each of them once, with who has to act and what mends it', () => {
    expect(new Set(codes).size).toBe(codes.length);
    for (const { when, mendedBy } of table) expect([when, mendedBy]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
  });

  test.each(Object.entries(examples))('knows an order that is stuck because of %s', (code, orders) => {
    for (const order of orders) expect(whyStuck(order)).toMatchObject({ code });
  });

  test('uses every button that there is', () => {
    const used = Object.values(examples)
      .flat()
      .flatMap((order) => whyStuck(order) ?? [])
      .flatMap(({ action, alternatives }) => [action, ...alternatives].map((each) => each?.kind));
    expect(Object.keys(actionKinds).filter((kind) => !used.includes(kind as never))).toEqual([]);
  });
});

const why = (order: Parameters<typeof whyStuck>[0]) => {
  const stuck = whyStuck(order);
  return stuck && [stuck, ...stuck.behind].map(({ code }) => code);
};

const only = (code: Code) => examples[code][0];

describe('an order', () => {
  test('that is packed in time, and whose parcels Amazon knows, is not stuck', () => {
    expect(whyStuck(known())).toBeUndefined();
    expect(whyStuck(known({ shipping: shippingWith({ shipments: [aParcel()] }) }))).toBeUndefined();
  });

  test('that has ended is not stuck because its store is', () => {
    expect(whyStuck({ ...only('sync-refused'), order: anOrder({ state: 'complete' }) })).toBeUndefined();
  });

  test('whose parcel Amazon refused is stuck also when it is complete', () => {
    expect(why({ ...only('shipment-refused'), order: anOrder({ state: 'complete' }) })).toEqual(['shipment-refused']);
  });

  test('of which a message could not be processed says so before all else', () => {
    expect(why({ ...only('held'), letters: only('dead-letter').letters })).toEqual(['dead-letter', 'held']);
  });

  test('has the decision of a person before what Amazon and time do by themselves', () => {
    const order = anOrder({ state: 'held', attention: ['buyer-cancel-request'] });
    expect(why({ ...waiting({}), order, store: aStore({ readOnly: true }), incomplete: ['billing'] })).toEqual([
      ...['buyer-asks-to-cancel', 'read-only', 'owner-away'],
    ]);
  });

  test('about which an owner is silent is not said to be free', () => {
    expect(whyStuck(known({ incomplete: ['billing', 'fulfillment'] }))).toMatchObject({
      ...{ code: 'owner-away', waitsFor: 'operator', facts: { services: ['billing', 'fulfillment'], count: 2 } },
    });
  });
});

describe('a blocked order', () => {
  test('waits for stock, says since when, when it is tried again, and offers to restock', () => {
    expect(whyStuck(blockedBy('out-of-stock'))).toMatchObject({
      ...{ waitsFor: 'stock', since: '2026-03-01T09:05:00.000Z', nextAttemptAt: '2026-03-02T12:16:00.000Z' },
      facts: { sku: 'MUG', wanted: 3, available: 1, count: 1, others: 0 },
      action: { kind: 'restock', service: 'fulfillment', method: 'POST', path: '/stock/MUG/adjustments', asks: ['delta', 'reason'] },
      alternatives: [{ kind: 'retry' }, { kind: 'admit', confirm: 'without-stock' }],
    });
  });

  test('that lacks several products names the first and counts the others', () => {
    expect(whyStuck(examples['out-of-stock'][1] ?? known())?.facts).toMatchObject({ sku: 'MUG', count: 3, others: 2 });
  });

  test('whose units lie at a closed location needs the location, not more units', () => {
    expect(whyStuck(only('no-location'))).toMatchObject({
      ...{ waitsFor: 'person', facts: { sku: 'MUG', location: 'ATTIC' } },
      action: { kind: 'enable-location', path: '/locations', body: [{ code: 'ATTIC', enabled: true }], allStores: true },
    });
  });

  test('with a SKU that no product has can be mapped, its store named', () => {
    expect(whyStuck(blockedBy('unknown-sku'))?.action).toMatchObject({
      ...{ kind: 'map-sku', path: '/sku-map/main', body: { items: [{ sellerSku: 'MUG' }] }, asks: ['sku'] },
    });
  });

  test('keeps the title of a product that is enabled, and offers nothing while that is not known', () => {
    const disabled = blockedBy('disabled', { stock: [stockOf('MUG')] });
    expect(whyStuck(disabled)?.action?.body).toEqual([{ sku: 'MUG', title: 'A blue mug', enabled: true }]);
    expect(whyStuck(blockedBy('disabled'))?.action?.kind).toBe('retry');
  });

  test('beneath a hold has the hold first', () => {
    const blocked = blockedBy('out-of-stock');
    const order = anOrder({ state: 'held', hold: { cause: 'person', by: { name: 'Mara' } } });
    expect(why({ ...blocked, order, missing: blocked.order?.blockReasons ?? [] })).toEqual(['held', 'out-of-stock']);
  });

  test('offers only what it allows now', () => {
    const order = anOrder({ ...blockedBy('out-of-stock').order, actions: [{ action: 'admit', allowed: false, why: 'held' }] });
    expect(whyStuck({ ...blockedBy('out-of-stock'), order })?.alternatives).toEqual([]);
  });
});

describe('what the buyer, people and Amazon decide', () => {
  test('a cancel request is accepted, after a second question, or declined', () => {
    const log = [{ type: 'order.attention_raised', cause: 'buyer-cancel-request', occurredAt: '2026-03-02T08:00:00.000Z' }];
    expect(whyStuck({ ...only('buyer-asks-to-cancel'), log })).toMatchObject({
      ...{ waitsFor: 'person', since: '2026-03-02T08:00:00.000Z' },
      action: { path: `/orders/${orderId}/accept-cancel-request`, confirm: 'amazon-cancels', needs: ['operate'] },
      alternatives: [{ path: `/orders/${orderId}/decline-cancel-request` }],
    });
  });

  test('a hold says who placed it and why, and is released', () => {
    expect(whyStuck(examples.held[1] ?? known())).toMatchObject({
      facts: { context: 'reason', by: 'Mara', reason: 'looks like fraud' },
      action: { kind: 'release', path: `/orders/${orderId}/release` },
    });
  });

  test('a hold is no news while Amazon is asked to cancel', () => {
    const hold = { cause: 'buyer-cancel-request', by: { name: 'Amazon' } } as const;
    const cancellation = { id: 'c', at: now, reason: 'buyer-canceled', state: 'requested' } as const;
    const commands = [aCommand({ kind: 'cancellation', state: 'sending', feedId: 'f', request: {} })];
    expect(why(known({ order: anOrder({ state: 'held', hold, cancellation }), commands }))).toEqual(['feed-in-progress']);
  });

  test('a cancellation that Amazon refused can be asked for again, as it was', () => {
    expect(whyStuck(only('cancellation-refused'))).toMatchObject({
      facts: { words: 'Too late.' },
      action: { kind: 'cancel-again', body: { reason: 'no-inventory' } },
    });
  });

  test('an address is corrected by who may see buyers', () => {
    expect(whyStuck(only('address-unacceptable'))).toMatchObject({
      facts: { fields: ['postalCode', 'city'] },
      action: { method: 'PUT', path: `/orders/${orderId}/address`, needs: ['operate', 'see-buyer-data'] },
    });
  });
});

describe('a parcel that Amazon refused', () => {
  const refusedWith = (code: string) => {
    const amazon = { state: 'refused', words: '', refusal: { code, words: 'No.' } } as const;
    return whyStuck(known({ shipping: shippingWith({ shipments: [aParcel({ amazon })] }) }));
  };

  test('is corrected, told again or voided: what fits its reason comes first', () => {
    expect(refusedWith('amazon.invalid-input')).toMatchObject({
      action: { kind: 'edit-parcel', method: 'PATCH', path: `/shipments/${parcelId}` },
      alternatives: [{ kind: 'retry-parcel' }, { kind: 'void-parcel', confirm: 'parcel-is-dropped' }],
    });
    expect(refusedWith('order.canceled')?.action?.kind).toBe('void-parcel');
    expect(refusedWith('order.pending')?.action).toMatchObject({ kind: 'retry-parcel', path: `/shipments/${parcelId}/retry` });
  });

  test('counts from when the gateway gave up', () => {
    const settledAt = '2026-03-02T10:03:00.000Z';
    expect(whyStuck({ ...only('shipment-refused'), commands: [aCommand({ state: 'failed', settledAt })] })?.since).toBe(settledAt);
  });

  test('and was voided since is none', () => {
    const amazon = { state: 'refused', words: '' } as const;
    expect(whyStuck(known({ shipping: shippingWith({ shipments: [aParcel({ state: 'voided', amazon })] }) }))).toBeUndefined();
  });
});

describe('a write that waits', () => {
  test('is not stuck in its first minute', () => {
    expect(whyStuck(waiting({ requestedAt: '2026-03-02T11:59:30.000Z' }))).toBeUndefined();
  });

  test('says which parcel it is about, what Amazon said, and when it is sent again', () => {
    expect(whyStuck(only('write-retries'))).toMatchObject({
      ...{ waitsFor: 'amazon', nextAttemptAt: '2026-03-02T12:07:00.000Z' },
      facts: { about: 'parcel', position: 2, words: 'Amazon did not answer.', attempts: 2, others: 0 },
      action: { kind: 'send-now', path: `/commands/${commandId}/retry` },
    });
  });

  test('has nothing to be clicked while the quota is used up', () => {
    expect(whyStuck(only('rate-limited'))?.action).toBeUndefined();
  });

  test('for the same as others is told once, the oldest named', () => {
    const commands = [aCommand({ id: 'newer', request: {} }), aCommand()];
    const stuck = whyStuck({ ...waiting({}), store: aStore({ readOnly: true }), commands });
    expect(stuck).toMatchObject({ code: 'read-only', facts: { position: 2, others: 1 }, behind: [] });
  });

  test('because of a copied database is mended by whoever runs the installation, after a second question', () => {
    expect(whyStuck(only('read-only'))?.action).toMatchObject({
      ...{ kind: 'confirm-installation', needs: ['administer'], allStores: true, confirm: 'original-has-stopped' },
    });
  });

  test('is not sent twice where that would pay twice: only a person settles a refund in doubt', () => {
    const [, refund] = examples['write-uncertain'];
    expect(whyStuck(refund ?? known())).toMatchObject({
      ...{ waitsFor: 'person', facts: { about: 'refund', totalMinor: 500, currency: 'EUR', context: 'money' } },
      action: { kind: 'settle-refund-done', body: { as: 'done' }, asks: ['note'], needs: ['operate', 'refund'] },
      alternatives: [
        { kind: 'settle-refund-failed' },
        { kind: 'read-back-refund', path: `/commands/${commandId}/read-back` },
        { kind: 'send-refund', confirm: 'perhaps-paid-twice' },
      ],
    });
  });

  test('in a stuck feed can be taken back only while Amazon has not begun', () => {
    expect(whyStuck(only('feed-stuck'))?.action?.kind).toBe('cancel-feed');
    const [feed] = only('feed-stuck').feeds ?? [];
    const begun = { ...only('feed-stuck'), feeds: feed ? [{ ...feed, amazonStatus: 'IN_PROGRESS' }] : [] };
    expect(whyStuck(begun)).not.toHaveProperty('action');
  });

  test('at a gateway that is away is known by its parcel', () => {
    const amazon = { state: 'uncertain', words: 'Nobody can tell.', toldAt: '2026-03-02T10:00:00.000Z' } as const;
    const { commands: _, ...rest } = known({
      shipping: shippingWith({ shipments: [aParcel({ amazon })] }),
      incomplete: ['amazon-gateway'],
    });
    expect(why(rest)).toEqual(['write-uncertain', 'owner-away']);
  });
});

describe('a refund that Amazon refused', () => {
  test('is changed or asked for again by who may refund', () => {
    expect(whyStuck(only('refund-refused'))).toMatchObject({
      facts: { totalMinor: 500, currency: 'EUR', code: '18028', words: 'More than was paid.' },
      action: { kind: 'refund-otherwise', needs: ['refund'], confirm: 'buyer-is-paid' },
      alternatives: [{ kind: 'retry-refund', path: `/credit-memos/${memoId}/retry` }],
    });
  });

  test('is dealt with once a later one stands', () => {
    const later = aMemo({ creditMemoId: 'later', state: 'submitted', requestedAt: '2026-03-02T11:00:00.000Z' });
    expect(whyStuck({ ...only('refund-refused'), creditMemos: [later, ...(only('refund-refused').creditMemos ?? [])] })).toBeUndefined();
  });
});

describe('what is wrong around an order', () => {
  test('a dead letter is redriven at the service that has it', () => {
    expect(whyStuck(only('dead-letter'))).toMatchObject({
      facts: { service: 'fulfillment', topic: 'order.created.v1', reason: 'too-early', count: 1 },
      action: { service: 'fulfillment', path: '/dead-letters/7/redrive', needs: ['administer'], allStores: true },
      alternatives: [{ kind: 'discard-letter', service: 'fulfillment', confirm: 'gives-up-message' }],
    });
  });

  test('a letter that cannot be sent is only discarded', () => {
    const letters = (only('dead-letter').letters ?? []).map((letter) => ({ ...letter, reason: 'cannot-be-published' }));
    expect(whyStuck(known({ letters }))?.action?.kind).toBe('discard-letter');
  });

  test('an outbox that waits is dated by its oldest event', () => {
    expect(whyStuck(only('outbox-waits'))).toMatchObject({
      since: '2026-03-02T11:53:20.000Z',
      facts: { service: 'order', context: 'away' },
    });
  });

  test('a store to which Amazon refuses access is opened again by new credentials', () => {
    expect(whyStuck(only('sync-refused'))).toMatchObject({
      facts: { code: 'amazon.access-denied', words: 'Amazon refuses access.' },
      action: { kind: 'test-store', path: '/stores/main/test' },
      alternatives: [{ kind: 'renew-credentials', method: 'PUT' }, { kind: 'sync-store' }],
    });
  });

  test('a store that was in step a quarter of an hour ago is no reason', () => {
    expect(whyStuck(known({ store: aStore({ status: 'failing', lastSuccessAt: '2026-03-02T11:46:00.000Z' }) }))).toBeUndefined();
  });
});
