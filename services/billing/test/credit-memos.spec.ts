import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  AmazonRefundAccepted,
  AmazonRefundRejected,
  AmazonRefundSettled,
  AmazonRefundSubmitted,
  AmazonWriteUncertain,
  CreditMemoIssued,
  OrderCreated,
  OrderUnitsCanceled,
  RefundRequested,
  ReturnReceived,
} from '@orderbus/contracts';
import { documentIdOf } from '@orderbus/kernel';
import { eventually, type Harness, serviceHarness } from '@orderbus/testkit';
import { BillingConfig, buildBillingApp, schema } from '../src/app.ts';
import { aLine, amounts, anOrder, type Created, totals } from './orders.ts';

let harness: Harness<ReturnType<typeof buildBillingApp>>;

beforeAll(async () => {
  harness = await serviceHarness({
    schema,
    build: (urls) => buildBillingApp(BillingConfig.parse({ ...urls, LOG_LEVEL: 'error', RETRY_DELAYS: '200ms,500ms,1s' })),
    capture: [RefundRequested, CreditMemoIssued] as never,
  });
});

afterAll(() => harness?.stop());

const lamp = '40000000000001';
/** Ten lamps for 100.00, shipped for 5.00. */
const lamps = {
  lines: [aLine({ quantity: 10, quantityShipped: 10, amounts: amounts(10_000, { shippingMinor: 500 }) })],
  totals: totals(10_500),
};
const units = (quantity: number) => [{ lineId: lamp, quantity }];

const billed = async (changes: Partial<Created> = lamps, tenant = 'store-1'): Promise<Created> => {
  const order = anOrder(changes);
  await harness.publish(OrderCreated, order, { aggregateId: order.orderId, aggregateVersion: 1, tenant });
  await eventually(async () => expect((await harness.get(`/orders/${order.orderId}/billing`)).status).toBe(200));
  return order;
};

const post = async (path: string, body: unknown, headers: Record<string, string> = {}) => {
  const answer = await harness.as({ name: 'Ada' }).fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  return { status: answer.status, etag: answer.headers.get('etag'), body: (await answer.json()) as any };
};

const credit = (orderId: string, changes: object = {}, headers: Record<string, string> = {}) =>
  post('/credit-memos', { orderId, reason: 'customer-return', lines: units(1), shippingMinor: 0, ...changes }, headers);

const asked = (orderId: string) => harness.published(RefundRequested).filter(({ data }) => data.orderId === orderId);

let version = 100;
const say = <Data extends { orderId: string; amazonOrderId: string }>(
  definition: Parameters<typeof harness.publish<Data>>[0],
  order: Created,
  data: Omit<Data, 'orderId' | 'amazonOrderId'>,
) =>
  harness.publish(definition, { orderId: order.orderId, amazonOrderId: order.amazonOrderId, ...data } as Data, {
    aggregateId: order.orderId,
    aggregateVersion: version++,
  });

const memoOf = (id: string, expected: object) =>
  eventually(async () => {
    const { body } = await harness.get(`/credit-memos/${id}`);
    expect(body).toMatchObject(expected);
    return body;
  });

const now = '2026-05-05T08:00:00.000Z';
const refusal = { code: 'refund.too-much', words: 'Amazon says no' };

describe('a credit memo', () => {
  test('asks Amazon, has its number when Amazon accepts, and is settled when the money has left', async () => {
    const order = await billed();
    const { status, body } = await credit(order.orderId, {
      lines: [{ lineId: lamp, quantity: 2, restock: true }],
      adjustmentFeeMinor: 100,
      comment: 'Box open',
    });
    expect({ status, body }).toMatchObject({
      status: 201,
      body: {
        state: 'requested',
        attempt: 1,
        totalMinor: 1_900,
        requestedBy: { kind: 'person', name: 'Ada' },
        lines: [{ quantity: 2, restock: true }],
      },
    });
    expect(body).not.toHaveProperty('number');
    const refundId = body.creditMemoId;
    await eventually(() =>
      expect(asked(order.orderId)).toMatchObject([
        {
          data: {
            ...{ refundId, attempt: 1, reason: 'customer-return', currency: 'EUR', actor: { name: 'Ada' } },
            lines: [
              {
                lineId: lamp,
                quantity: 2,
                components: [
                  { kind: 'item', amountMinor: 2_000 },
                  { kind: 'restocking-fee', amountMinor: -100 },
                ],
              },
            ],
          },
        },
      ]),
    );
    await say(AmazonRefundSubmitted, order, { refundId, submittedAt: now });
    await memoOf(refundId, { state: 'submitted' });
    await say(AmazonRefundAccepted, order, { refundId, acceptedAt: now });
    const accepted = await memoOf(refundId, { state: 'accepted', number: expect.stringMatching(/^\d{9}$/) });
    await say(AmazonRefundSettled, order, { refundId, currency: 'EUR', amountMinor: 1_900, transactionId: 'TX-1', settledAt: now });
    await memoOf(refundId, { state: 'settled', number: accepted.number, issuedAt: accepted.issuedAt });
    await eventually(() =>
      expect(harness.published(CreditMemoIssued).filter(({ data }) => data.orderId === order.orderId)).toMatchObject([
        { data: { kind: 'refund', creditMemoId: refundId, number: accepted.number, totalMinor: 1_900, lines: units(2) } },
      ]),
    );
    expect((await harness.get(`/orders/${order.orderId}/billing`)).body).toMatchObject({
      invoicedMinor: 10_500,
      backMinor: 1_900,
      totalsDiffer: false,
    });
    expect((await harness.get(`/credit-memos/${refundId}/comments`)).body.items).toMatchObject([{ text: 'Box open', notified: false }]);
    const entries = await harness.app.database.query('select kind from journal_entry where document_id = $1', [refundId]);
    expect(entries).toEqual([{ kind: 'credit-memo' }]);
  });

  test('shows what it would come to, and what is in the way, before it is made', async () => {
    const order = await billed();
    const preview = await post('/credit-memos/preview', { orderId: order.orderId, reason: 'exchange', lines: units(11) });
    expect(preview).toMatchObject({
      status: 200,
      body: { capMinor: 10_500, paidMinor: 10_500, problems: [{ field: 'lines.0.quantity' }] },
    });
    expect(await credit(order.orderId, { lines: units(11) })).toMatchObject({
      status: 409,
      body: {
        code: 'credit-memo.not-possible',
        errors: [{ field: 'lines.0.quantity', message: `Line ${lamp}: 10 can be given back, not 11` }],
      },
    });
    expect((await harness.get(`/credit-memos?orderId=${order.orderId}`)).body.items).toEqual([]);
  });

  test('that was refused says why, waits for a person, and is asked for once more', async () => {
    const order = await billed();
    const { creditMemoId: refundId } = (await credit(order.orderId)).body;
    await say(AmazonRefundRejected, order, { refundId, refusal });
    await memoOf(refundId, { state: 'refused', refusal });
    expect((await harness.get('/attention')).body.items).toContainEqual(expect.objectContaining({ orderId: order.orderId }));
    const again = await post(`/credit-memos/${refundId}/retry`, undefined);
    expect(again).toMatchObject({ status: 200, body: { state: 'requested', attempt: 2 } });
    expect(await post(`/credit-memos/${refundId}/retry`, undefined)).toMatchObject({ status: 409, body: { code: 'credit-memo.no-retry' } });
    await eventually(() => expect(asked(order.orderId).map(({ data }) => data.attempt)).toEqual([1, 2]));
  });

  test('of which nobody can tell whether Amazon has done it shows it, and is not asked for again', async () => {
    const order = await billed();
    const { creditMemoId } = (await credit(order.orderId)).body;
    const commandId = randomUUID();
    const told = { code: 'feed.refund-perhaps-paid', words: 'No answer', facts: { message: 1 } };
    await say(AmazonWriteUncertain, order, { kind: 'refund', commandId, since: now, ...told });
    await memoOf(creditMemoId, { state: 'requested', uncertain: { commandId, ...told } });
    expect((await post(`/credit-memos/${creditMemoId}/retry`, undefined)).status).toBe(409);
    expect(asked(order.orderId)).toHaveLength(1);
  });

  test('cannot be deleted, nor changed in what it says', async () => {
    const order = await billed();
    const { creditMemoId } = (await credit(order.orderId)).body;
    const change = (sql: string) => harness.app.database.query(sql, [creditMemoId]);
    await expect(change('update credit_memo set total_minor = 1 where id = $1')).rejects.toThrow('stays as it is');
    await expect(change('delete from credit_memo where id = $1')).rejects.toThrow('never deleted');
    await say(AmazonRefundAccepted, order, { refundId: creditMemoId, acceptedAt: now });
    await memoOf(creditMemoId, { state: 'accepted' });
    await expect(change(`update credit_memo set number = '7' where id = $1`)).rejects.toThrow('stays as it is');
    await expect(change(`update credit_memo set state = 'refused' where id = $1`)).rejects.toThrow();
  });
});

describe('money goes back once', () => {
  test('of twenty requests at the same moment only as many go through as there is money for', async () => {
    const order = await billed();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => credit(order.orderId, { lines: [], adjustmentRefundMinor: 1_000 + n })),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(20 - made.length);
    const sum = made.reduce((total, { body }) => total + body.totalMinor, 0);
    expect(sum).toBeLessThanOrEqual(10_500);
    expect(sum).toBeGreaterThan(9_400);
    await eventually(() => expect(asked(order.orderId)).toHaveLength(made.length));
    expect((await harness.get(`/orders/${order.orderId}/billing`)).body.backMinor).toBe(sum);
  });

  test('two clicks are one: the second is told of the first, unless somebody confirms it', async () => {
    const order = await billed();
    const clicks = await Promise.all([credit(order.orderId), credit(order.orderId)]);
    expect(clicks.map(({ status }) => status).toSorted()).toEqual([201, 409]);
    const [made, refused] = clicks.toSorted((a, b) => a.status - b.status);
    expect(refused?.body).toMatchObject({ code: 'credit-memo.same-again', facts: { creditMemoId: made?.body.creditMemoId } });
    expect((await credit(order.orderId, { confirm: true })).status).toBe(201);
    await eventually(() => expect(asked(order.orderId)).toHaveLength(2));
  });

  test('a request that is sent again under its key is answered the same', async () => {
    const order = await billed();
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = [await credit(order.orderId, {}, key), await credit(order.orderId, {}, key)];
    expect(second.body).toEqual(first.body);
    await harness.app.database.query('delete from idempotency_key');
    expect((await credit(order.orderId, {}, key)).body.creditMemoId).toBe(first.body.creditMemoId);
    expect((await harness.get(`/credit-memos?orderId=${order.orderId}`)).body.items).toHaveLength(1);
  });

  test('a request about an order that has moved on is refused', async () => {
    const order = await billed();
    const { headers } = await harness.fetch(`/orders/${order.orderId}/billing`);
    const seen = { 'if-match': headers.get('etag') as string };
    expect((await credit(order.orderId, {}, seen)).status).toBe(201);
    expect((await credit(order.orderId, { lines: units(2) }, seen)).status).toBe(412);
  });

  test('a return that is told twice is paid back once', async () => {
    const order = await billed();
    const returnId = randomUUID();
    const told = {
      orderId: order.orderId,
      returnId,
      receivedAt: now,
      reason: 'customer-return',
      refund: true,
      actor: { kind: 'person', name: 'Bo' },
    } as const;
    const lines = [
      { lineId: lamp, quantity: 2, condition: 'unopened', restocked: true },
      { lineId: lamp, quantity: 1, condition: 'damaged', restocked: false },
    ] as const;
    for (const aggregateVersion of [1, 2])
      await harness.publish(ReturnReceived, { ...told, lines: [...lines] }, { aggregateId: returnId, aggregateVersion });
    await harness.publish(
      ReturnReceived,
      { ...told, returnId: randomUUID(), refund: false, lines: [...lines] },
      { aggregateId: returnId, aggregateVersion: 3 },
    );
    await memoOf(documentIdOf(returnId, 'credit-memo'), {
      returnId,
      totalMinor: 3_000,
      requestedBy: { name: 'Bo' },
      lines: [{ quantity: 3 }],
    });
    await eventually(() => expect(asked(order.orderId)).toHaveLength(1));
    expect((await harness.get(`/credit-memos?returnId=${returnId}`)).body.items).toHaveLength(1);
  });
});

describe('units that Amazon has canceled', () => {
  test('are credited by a correction, which is posted and numbered with the refunds', async () => {
    const order = await billed(
      { ...lamps, lines: [{ ...(lamps.lines[0] as never as Created['lines'][number]), quantityShipped: 0 }] },
      'corrected',
    );
    const { orderId, number, amazonOrderId } = order;
    const cancellationId = randomUUID();
    const actor = { kind: 'amazon', name: 'Amazon' } as const;
    await harness.publish(
      OrderUnitsCanceled,
      { orderId, number, amazonOrderId, cancellationId, reason: 'no-inventory', lines: units(4), actor },
      { aggregateId: orderId, aggregateVersion: 2 },
    );
    await memoOf(documentIdOf(cancellationId, 'credit-memo'), {
      kind: 'correction',
      state: 'settled',
      number: '000000001',
      totalMinor: 4_000,
    });
    await eventually(() =>
      expect(harness.published(CreditMemoIssued).filter(({ data }) => data.orderId === orderId)).toMatchObject([
        { data: { kind: 'correction', lines: units(4) } },
      ]),
    );
    expect(asked(orderId)).toEqual([]);
  });
});

describe('the list of credit memos', () => {
  test('is paged newest first and filtered by state, reason and store', async () => {
    const order = await billed(lamps, 'listed');
    for (const quantity of [1, 2, 3])
      await credit(order.orderId, { lines: units(quantity), reason: quantity === 2 ? 'exchange' : 'other' });
    const totalsOf = (body: { items: { totalMinor: number }[] }) => body.items.map(({ totalMinor }) => totalMinor);
    const first = (await harness.get('/credit-memos?tenant=listed&limit=2')).body;
    expect(totalsOf(first)).toEqual([3_000, 2_000]);
    expect(totalsOf((await harness.get(`/credit-memos?tenant=listed&limit=2&cursor=${first.nextCursor}`)).body)).toEqual([1_000]);
    expect(totalsOf((await harness.get('/credit-memos?tenant=listed&reason=exchange')).body)).toEqual([2_000]);
    expect(totalsOf((await harness.get('/credit-memos?tenant=listed&state=refused')).body)).toEqual([]);
  });
});

describe('wrong input', () => {
  test.each([
    [{ reason: 'because' }, 'reason'],
    [{ adjustmentRefundMinor: 1, adjustmentRefundPercent: 1 }, 'adjustmentRefundPercent'],
    [{ adjustmentFeePercent: 0.001 }, 'adjustmentFeePercent'],
    [{ shippingMinor: -1 }, 'shippingMinor'],
    [{ lines: [{ lineId: lamp, quantity: 0 }] }, 'lines.0.quantity'],
  ])('%j is answered with 400 and names %s', async (changes, field) => {
    expect(await credit(randomUUID(), changes)).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test('an unknown order or credit memo is not found', async () => {
    expect(await credit(randomUUID())).toMatchObject({ status: 404, body: { code: 'billing.order-unknown' } });
    expect(await harness.get(`/credit-memos/${randomUUID()}`)).toMatchObject({ status: 404, body: { code: 'credit-memo.unknown' } });
  });
});
