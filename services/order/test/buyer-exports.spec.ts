import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsByPublisher } from '@orderbus/contracts';
import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { buyerColumnNames } from '../src/export/buyer-columns.ts';
import { aBuyer, another, managing, seeing, type VaultHarness, vaultHarness } from './vault-harness.ts';

let vault: VaultHarness;
beforeAll(async () => {
  vault = await vaultHarness();
  await vault.show({ snapshot: first, buyer: harmful }, { snapshot: second, buyer: aBuyer() }, { snapshot: unseen });
});
afterAll(() => vault.stop());

const [first, second, unseen] = [
  another({ purchasedAt: '2026-03-01T10:00:00Z' }),
  another({ purchasedAt: '2026-03-02T10:00:00Z' }),
  another({ purchasedAt: '2026-03-03T10:00:00Z' }),
];
const harmful = aBuyer({
  name: '=HYPERLINK("http://127.0.0.1","x")',
  company: 'Example Ltd',
  recipient: {
    name: '@SUM(1)',
    lines: ['-1+2', 'Floor 2', 'Room 3', 'Door 4'],
    city: 'Sampleton',
    state: 'NY',
    postalCode: '00501',
    country: 'US',
    phone: '+1 555 0100',
  },
});
const path = '/orders/export?columns=amazonOrderId';
const everything = `${path},${buyerColumnNames.join(',')}&sort=purchased`;

const accesses = () =>
  vault.rows<{ order_id: string; actor: string; purpose: string; fields: string[] }>(
    `select substring(subjects[1] from 7) as order_id, actor_name as actor, reason as purpose, fields from audit_log
     where action = 'buyer.shown' and reason = 'export' order by seq`,
  );

describe('a file with buyers', () => {
  test('has what is known of each, as text that no spreadsheet takes for a formula', async () => {
    const { status, body, headers } = await vault.call('GET', everything, { as: seeing });
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    const [header, one, other, none] = parseCsv(body.replace('\uFEFF', ''));
    expect(header).toEqual([
      ...['Amazon order', 'Buyer', 'Company', 'E-mail', 'Recipient', 'Address 1', 'Address 2', 'Address 3'],
      ...['City', 'Postal code', 'State or province', 'Country', 'Phone'],
    ]);
    expect(one).toEqual([
      ...[first.amazonOrderId, `'=HYPERLINK("http://127.0.0.1","x")`, 'Example Ltd', 'relay-1@marketplace.test', "'@SUM(1)"],
      ...["'-1+2", 'Floor 2', 'Room 3, Door 4', 'Sampleton', '00501', 'NY', 'US', "'+1 555 0100"],
    ]);
    expect(other?.slice(0, 2)).toEqual([second.amazonOrderId, 'Ælfgifu Nordström']);
    expect(none).toEqual([unseen.amazonOrderId, ...buyerColumnNames.map(() => '')]);
  });

  test('for a spreadsheet has no formula either, and keeps the zeros of a postal code', async () => {
    const response = await vault.as(seeing).fetch(`${everything}&format=xlsx`);
    const [sheet] = (await readXlsx(Buffer.from(await response.arrayBuffer()))).sheets;
    expect(sheet?.rows[1]?.slice(0, 2)).toEqual([first.amazonOrderId, '=HYPERLINK("http://127.0.0.1","x")']);
    expect(sheet?.rows[1]).toContain('00501');
    expect([...(sheet?.cells?.values() ?? [])].filter(({ formula }) => formula !== undefined)).toEqual([]);
  });

  test('puts whoever fetches it on record once for each order, with the parts that he saw', async () => {
    const before = (await accesses()).length;
    await vault.call('GET', `${path},buyerName,phone&sort=purchased`, { as: seeing });
    const seen = new Map((await accesses()).slice(before).map((access) => [access.order_id, access]));
    expect([first, second, unseen].map(({ orderId }) => seen.get(orderId))).toEqual([
      { order_id: first.orderId, actor: 'Ada', purpose: 'export', fields: ['name', 'recipient'] },
      { order_id: second.orderId, actor: 'Ada', purpose: 'export', fields: ['name', 'recipient'] },
      { order_id: unseen.orderId, actor: 'Ada', purpose: 'export', fields: [] },
    ]);
    expect(await accesses()).toHaveLength(before + 3);
  });

  test('is refused without the permission, naming the columns, and leaves no trace', async () => {
    const before = (await accesses()).length;
    const { status, body } = await vault.call('GET', `${path},email,buyerName`);
    expect([status, body.code, body.detail]).toEqual([
      403,
      'access.not-permitted',
      'Needs the permission see-buyer-data: email, buyerName',
    ]);
    expect(await accesses()).toHaveLength(before);
  });

  test('is never written in the background, where it would be kept', async () => {
    const { status, body } = await vault.call('POST', '/exports', {
      as: seeing,
      body: { format: 'csv', columns: ['number', 'email'] },
    });
    expect([status, body.errors]).toMatchObject([400, [{ field: 'columns.1', message: expect.stringContaining('email') }]]);
    expect(await vault.rows('select 1 from export')).toEqual([]);
  });

  test('leaves nothing of itself in any table or event', async () => {
    await vault.call('GET', everything, { as: seeing, headers: { 'idempotency-key': 'file-1' } });
    const tables = await vault.rows<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema = 'orders'`,
    );
    const rows = await Promise.all(tables.map(({ name }) => vault.rows<{ row: string }>(`select t::text as row from ${name} t`)));
    const events = (eventsByPublisher.order ?? []).flatMap((definition) => vault.published(definition));
    for (const canary of ['Nordström', 'HYPERLINK', 'relay-1', '555 0100'])
      expect([canary, JSON.stringify([rows, events]).includes(canary)]).toEqual([canary, false]);
  });

  test('has the corrected address, and nobody whose buyer is purged', async () => {
    const order = another({ purchasedAt: '2026-03-04T10:00:00Z' });
    await vault.show({ snapshot: order, buyer: aBuyer() });
    const recipient = { name: 'Bo N', lines: ['9 Other Road'], city: 'Sampleton', state: 'NY', postalCode: '10001', country: 'US' };
    await vault.call('PUT', `/orders/${order.orderId}/address`, { as: managing, body: { recipient, reason: 'moved' } });
    const file = async () => (await vault.call('GET', `${path},buyerName,addressLine1&id=${order.orderId}`, { as: seeing })).body;
    expect(parseCsv(await file())[1]).toEqual([order.amazonOrderId, 'Ælfgifu Nordström', '9 Other Road']);
    await vault.call('POST', `/orders/${order.orderId}/buyer/purge`, { as: managing, body: { reason: 'erasure-request' } });
    expect(parseCsv(await file())[1]).toEqual([order.amazonOrderId, '', '']);
  });
});
