import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonOrderImported, OrderAddressCorrected } from '@orderbus/contracts';
import { openDatabase } from '@orderbus/outbox';
import { eventually, type TestCaller } from '@orderbus/testkit';
import { schema } from '../src/app.ts';
import { nameIndex } from '../src/store/buyer-names.ts';
import { aBuyer, another, managing, seeing, type VaultHarness, vaultHarness } from './vault-harness.ts';

let vault: VaultHarness;
beforeAll(async () => {
  vault = await vaultHarness({ LOG_LEVEL: 'silent' });
});
afterAll(() => vault.stop());

const seen = (orderId: string, as: TestCaller = seeing) => vault.call('GET', `/orders/${orderId}/buyer?purpose=packing-slip`, { as });

describe('a buyer', () => {
  test('is shown masked to everybody, and in full to whoever may see him and says what for', async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer() });
    const masked = await vault.call('GET', `/orders/${snapshot.orderId}/buyer`);
    expect(masked.body).toEqual({
      orderId: snapshot.orderId,
      version: 0,
      state: 'kept',
      masked: true,
      buyer: { name: 'Æ•••• N••••', recipient: { city: 'Sampleton', country: 'US' } },
      purgeDueAt: '2026-04-17T08:00:00.000Z',
    });
    expect((await seen(snapshot.orderId)).body).toMatchObject({ masked: false, buyer: aBuyer() });
    expect(
      (await vault.call('GET', `/orders/${snapshot.amazonOrderId}/buyer?purpose=tax&fields=name,email`, { as: seeing })).body.buyer,
    ).toEqual({
      name: 'Ælfgifu Nordström',
      email: 'relay-1@marketplace.test',
    });
  });

  test('is shown to nobody without the permission, nor for no purpose of ours', async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer() });
    expect(await seen(snapshot.orderId, { permissions: ['read', 'operate', 'administer'] })).toMatchObject({
      status: 403,
      body: { code: 'access.not-permitted' },
    });
    expect(await vault.call('GET', `/orders/${snapshot.orderId}/buyer?purpose=curiosity`, { as: seeing })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'purpose' }] },
    });
    const about = `/audit?subject=order:${snapshot.orderId}`;
    expect((await vault.call('GET', `${about}&action=buyer.shown`)).body.items).toEqual([]);
    expect((await vault.call('GET', `${about}&outcome=denied`)).body.items).toMatchObject([
      { actorName: 'Mara', action: 'getOrdersByOrderIdBuyer', status: 403 },
    ]);
  });

  test('is the one of the newest snapshot that shows one, whatever the order of arrival', async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer({ name: 'Third' }), version: 3 });
    await vault.show({ snapshot, buyer: aBuyer({ name: 'Second' }), version: 2 }, { snapshot, version: 4 });
    await vault.show({ snapshot, buyer: aBuyer({ name: 'First' }) });
    expect((await seen(snapshot.orderId)).body.buyer.name).toBe('Third');
    expect(await vault.rows('select sealed_version as v from buyer_vault where order_id = $1', snapshot.orderId)).toEqual([{ v: 3 }]);
  });

  test('who cannot be opened waits as a dead letter with the reason, and names nobody', async () => {
    const snapshot = another();
    const sealedBuyer = vault.ring.seal(aBuyer(), 'another order');
    await vault.publish(
      AmazonOrderImported,
      { ...snapshot, sealedBuyer, buyerData: 'present' },
      {
        aggregateId: snapshot.orderId,
        aggregateVersion: 1,
      },
    );
    await eventually(async () => {
      const { body } = await vault.call('GET', '/dead-letters');
      expect(body.items).toMatchObject([
        { key: snapshot.orderId, reason: 'sealing.broken', errorMessage: 'sealing.broken {"keyId":"test"}' },
      ]);
    });
  });

  test('of five hundred orders is answered at once, in the order asked for, and not remembered under the key of the request', async () => {
    const snapshots = [another(), another()];
    await vault.show(...snapshots.map((snapshot, n) => ({ snapshot, buyer: aBuyer({ name: `Nr ${n}` }) })));
    const unknown = another().orderId;
    const orderIds = [...snapshots.map(({ orderId }) => orderId).toReversed(), unknown];
    const body = { purpose: 'packing-slip', orderIds, fields: ['name'] };
    const keyed = { body, as: seeing, headers: { 'idempotency-key': 'slips-1' } };
    const answers = [await vault.call('POST', '/orders/buyers', keyed), await vault.call('POST', '/orders/buyers', keyed)];
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.body.missing).toEqual([unknown]);
      expect(answer.body.items.map((item: { buyer: object }) => item.buyer)).toEqual([{ name: 'Nr 1' }, { name: 'Nr 0' }]);
    }
    expect(await vault.rows('select * from idempotency_key')).toEqual([]);
    const tooMany = { ...body, orderIds: Array.from({ length: 501 }, () => unknown) };
    expect(await vault.call('POST', '/orders/buyers', { body: tooMany, as: seeing })).toMatchObject({ status: 400 });
  });
});

describe('whoever has seen a buyer', () => {
  test('is on record: who, what for, which parts, when', async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer() });
    await seen(snapshot.orderId);
    await vault.call('GET', `/orders/${snapshot.orderId}/buyer?purpose=invoice&fields=name`, {
      as: { ...seeing, name: 'Linus' },
    });
    const shown = `/audit?subject=order:${snapshot.orderId}&action=buyer.shown`;
    const { body } = await vault.call('GET', shown);
    expect(body.items).toMatchObject([
      { actorName: 'Linus', reason: 'invoice', fields: ['name'], tenant: 'store-1', outcome: 'done' },
      { actorName: 'Ada', reason: 'packing-slip', fields: ['name', 'email', 'recipient', 'gifts'] },
    ]);
    const first = await vault.call('GET', `${shown}&limit=1`);
    const second = await vault.call('GET', `${shown}&limit=1&cursor=${first.body.nextCursor}`);
    expect(second.body).toEqual({ items: [body.items[1]] });
    expect((await vault.call('GET', `${shown}&name=Linus`)).body.items).toHaveLength(1);
    expect((await vault.call('GET', `${shown}&reason=packing-slip`)).body.items).toHaveLength(1);
  });

  test('is named by the service that asks for him', async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer() });
    const authorization = vault.access.bearer('order', { ...seeing, id: 'service:billing', name: 'billing' });
    const answer = await fetch(`${vault.app.url}/orders/${snapshot.orderId}/buyer?purpose=invoice`, {
      headers: { authorization, 'x-on-behalf-of': 'Linus' },
    });
    expect(answer.status).toBe(200);
    expect((await vault.call('GET', `/audit?subject=order:${snapshot.orderId}&name=Linus`)).body.items).toMatchObject([
      { action: 'buyer.shown', actor: 'service:billing', onBehalfOf: 'Linus' },
    ]);
  });

  test('is on record before he is answered, or not answered at all', async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer() });
    const admin = openDatabase({ url: vault.adminUrl, schema, entities: [], migrations: [] });
    await admin.start();
    await admin.query('revoke execute on function orders.audit_append(jsonb) from orderbus_orders');
    const refused = await seen(snapshot.orderId);
    await admin.query('grant execute on function orders.audit_append(jsonb) to orderbus_orders');
    await admin.stop();
    expect(refused.status).toBe(500);
    expect(JSON.stringify(refused.body)).not.toContain('Nordström');
    expect(await seen(snapshot.orderId)).toMatchObject({ status: 200 });
  });
});

describe('a search by the name of a buyer', () => {
  const found = async (text: string): Promise<string[]> => {
    const tokens = await nameIndex(vault.ring).tokensOf(vault.app.database, text);
    if (tokens.length === 0) return [];
    const rows = await vault.rows<{ id: string }>(
      'select order_id as id from buyer_name_index where token = any($1::bytea[]) group by 1 having count(*) = $2 order by 1',
      tokens,
      tokens.length,
    );
    return rows.map(({ id }) => id);
  };

  test('finds him by the beginnings of his names and the recipient, in capitals or not, with accents or not', async () => {
    const [one, two] = [another(), another()];
    await vault.show(
      { snapshot: one, buyer: aBuyer({ name: 'Zoë Łukasiewicz' }) },
      { snapshot: two, buyer: aBuyer({ name: '山田太郎', recipient: { name: 'Xaver Jo' } }) },
    );
    for (const text of ['zoe', 'ZOË luk', 'Łukasiewicz zoe', 'lukasie', 'Bo ZOE'])
      expect([text, await found(text)]).toEqual([text, [one.orderId]]);
    for (const text of ['xav', 'jo xaver', '山田', '山田太郎']) expect([text, await found(text)]).toEqual([text, [two.orderId]]);
    for (const text of ['lu', 'z', 'kasiewicz', 'zoe xaver', '']) expect([text, await found(text)]).toEqual([text, []]);
  });

  test('no longer finds the name that he had', async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer({ name: 'Oldname' }) });
    expect(await found('oldname')).toEqual([snapshot.orderId]);
    await vault.show({ snapshot, buyer: aBuyer({ name: 'Newname' }), version: 2 });
    expect([await found('oldname'), await found('newname')]).toEqual([[], [snapshot.orderId]]);
  });
});

describe('a corrected address', () => {
  const recipient = { name: 'Bo N.', lines: ['2 Right Road'], city: 'Rightville', state: 'ca', postalCode: '90210', country: 'us' };
  const correct = (orderId: string, body: object, headers: Record<string, string> = {}, as = managing) =>
    vault.call('PUT', `/orders/${orderId}/address`, { as, body: { reason: 'moved', recipient, ...body }, headers });

  test("replaces Amazon's and keeps it beside, also when Amazon shows its own again; others are told that, not where", async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer() });
    const etag = (await seen(snapshot.orderId)).headers.get('etag') ?? '';
    const answer = await correct(snapshot.orderId, {}, { 'if-match': etag });
    expect([answer.status, answer.body.version]).toEqual([200, 1]);
    expect(await correct(snapshot.orderId, {}, { 'if-match': etag })).toMatchObject({ status: 412 });

    await vault.show({ snapshot, buyer: aBuyer({ name: 'Still Nordström' }), version: 2 });
    const { body } = await seen(snapshot.orderId);
    expect(body.buyer).toMatchObject({ name: 'Still Nordström', recipient: { city: 'Rightville', state: 'CA', country: 'US' } });
    expect(body.correction).toMatchObject({ by: 'Grace', reason: 'moved', original: { city: 'Sampleton' } });

    await eventually(() => expect(vault.published(OrderAddressCorrected)).toHaveLength(1));
    const [told] = vault.published(OrderAddressCorrected);
    expect(told).toMatchObject({ aggregateVersion: 1, data: { orderId: snapshot.orderId, actor: { kind: 'person', name: 'Grace' } } });
    expect(JSON.stringify(told)).not.toContain('Right');
    const { body: timeline } = await vault.call('GET', `/orders/${snapshot.orderId}/timeline`);
    expect(timeline.items.map((item: { type: string }) => item.type)).toContain('order.address_corrected');
  });

  test.each([
    [{ country: 'UK' }, ['recipient.country']],
    [{ country: 'XX' }, ['recipient.country']],
    [{ state: 'Kalifornia', postalCode: '9021' }, ['recipient.state', 'recipient.postalCode']],
    [{ country: 'GB', postalCode: 'SW1A' }, ['recipient.postalCode']],
    [{ country: 'JP', state: undefined }, ['recipient.state', 'recipient.postalCode']],
    [{ lines: [], country: 'DE' }, ['recipient.lines']],
    [{ name: '' }, ['recipient.name']],
  ])('that cannot be right, %j, is refused, and the fields %j are named', async (changes, fields) => {
    const { status, body } = await correct(another().orderId, { recipient: { ...recipient, ...changes } });
    expect([status, body.errors.map(({ field }: { field: string }) => field)]).toEqual([400, fields]);
    expect(JSON.stringify(body)).not.toMatch(/Kalifornia|SW1A|Right/);
  });

  test('needs the permission to change it', async () => {
    const snapshot = another();
    await vault.show({ snapshot, buyer: aBuyer() });
    expect(await correct(snapshot.orderId, {}, {}, seeing)).toMatchObject({ status: 403 });
  });
});
