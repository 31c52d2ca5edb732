import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AmazonOrder, AmazonOrderImported, AmazonOrderUpdated, ShipmentCorrected, ShipmentDispatched } from '@orderbus/contracts';
import type { Service } from '@orderbus/service-kit';
import { eventually, type Harness } from '@orderbus/testkit';
import { aLine, aSnapshot, message } from './builders.ts';
import { orderHarness, ring } from './harness.ts';

const bought = (
  amazonOrderId: string,
  buyer: string,
  line: Parameters<typeof aLine>[0],
  changes: Partial<AmazonOrder> = {},
): AmazonOrder => {
  const snapshot = aSnapshot({ amazonOrderId, lines: [aLine(line)], ...changes });
  return { ...snapshot, buyerData: 'present', sealedBuyer: ring.seal({ name: buyer }, snapshot.orderId) };
};

const zoe = bought(
  '701-2223334-5556667',
  'Zoë Quartermain',
  { sku: 'MUG-BLUE-12OZ', asin: 'B0ABCDEF12', title: 'Großer Becher, Café-Edition (2er Set)' },
  { packages: [{ reference: '1', trackingNumber: '1Z 999 AA1 0123456784', lines: [] }] },
);
const blue = bought('702-9990001-1112223', 'Blue Smith-Jones', { sku: 'CUP7', asin: 'B000000002', title: 'Red cup' });
const taro = bought('249-7000001-8000002', '山田太郎', { sku: 'JP/44', asin: 'B000000003', title: '陶器の青いマグカップ' });
const later = bought('703-0000001-0000009', 'Ann Other', { sku: 'LATER', asin: 'B000000004', title: 'Old words' });
const waiting = bought('704-1231231-4564564', 'Ann Other', { sku: 'WAIT', asin: 'B000000005', title: 'Waits' }, { status: 'pending' });
const named: Record<string, string> = Object.fromEntries(
  Object.entries({ zoe, blue, taro, later, waiting }).map(([name, { amazonOrderId }]) => [amazonOrderId, name]),
);

let harness: Harness<Service>;
beforeAll(async () => {
  harness = await orderHarness();
  // The first thing that is heard of `later` is that Amazon has a new status for it; what makes it an order comes late.
  const newer: AmazonOrder = { ...later, status: 'unknown', lines: [aLine({ sku: 'LATER', title: 'New words' })] };
  await harness.publishAll([message(AmazonOrderUpdated, newer, 2)]);
  await eventually(async () => expect(await found('later')).toEqual(['later']));
  await harness.publishAll([zoe, blue, taro, later, waiting].map((snapshot) => message(AmazonOrderImported, snapshot, 1)));
  await eventually(async () => expect((await harness.get('/orders?state=new,pending')).body.items).toHaveLength(5));
});
afterAll(() => harness.stop());

const found = async (q: string, filters = ''): Promise<(string | undefined)[]> => {
  const { status, body } = await harness.get(`/orders?q=${encodeURIComponent(q)}${filters}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.items.map(({ amazonOrderId }: { amazonOrderId: string }) => named[amazonOrderId]).toSorted();
};

describe('a search', () => {
  test.each([
    ["Amazon's number", '701-2223334-5556667', ['zoe']],
    ['the number without dashes', '70122233345556667', ['zoe']],
    ['its middle and its end', '2223334-5556667', ['zoe']],
    ['the beginning of its last part', '55566', ['zoe']],
    ['its last four digits', '6667', ['zoe']],
    ['a SKU in another case', 'mug-blue-12oz', ['zoe']],
    ['the beginning of a SKU without dashes', 'mugblue', ['zoe']],
    ['the end of a SKU', 'blue-12', ['zoe']],
    ['an ASIN', 'b0abcdef12', ['zoe']],
    ['words of a title, without accents and unfinished', 'cafe grosser bech', []],
    ['words of a title in any order', 'edition becher', ['zoe']],
    ['a word of a title, with its accent or without', 'cafe', ['zoe']],
    ['a word from a title that is written without spaces', 'マグカップ', ['taro']],
    ['a tracking number', '1Z999AA10123456784', ['zoe']],
    ['the beginning of a name, without accents', 'zoe quart', ['zoe']],
    ['both parts of a name', 'smith-jones', ['blue']],
    ['a name and a word of a title', 'smith cup', ['blue']],
    ['a word that is a name here and a color there', 'blue', ['blue', 'zoe']],
    ['a name and a word of another order', 'quartermain cup', []],
    ['a name in characters', '山田', ['taro']],
    ['what is no order yet', '704-1231231-4564564', ['waiting']],
    ['nothing that is there', 'mug nothing', []],
  ])('finds an order by %s', async (_, q, names) => {
    expect(await found(q)).toEqual(names);
  });

  test('finds an order by our number, with its zeros or without', async () => {
    const { number } = (await harness.get(`/orders/${zoe.orderId}`)).body;
    expect(await found(number)).toEqual(['zoe']);
    expect(await found(String(Number(number)))).toContain('zoe');
  });

  test('finds an order by our number also when the snapshot that made it one was older', async () => {
    const { number } = (await harness.get(`/orders/${later.orderId}`)).body;
    expect([await found(number), await found('new words'), await found('later')]).toEqual([['later'], ['later'], ['later']]);
  });

  test('looks at the newest snapshot, whatever came later', async () => {
    const parcel = { reference: '1', trackingNumber: 'NEWPARCEL77', lines: [] };
    const lines = [aLine({ sku: 'CUP7', title: 'Yellow cup' })];
    await harness.publishAll([message(AmazonOrderUpdated, { ...blue, lines, packages: [parcel] }, 3)]);
    await eventually(async () => expect(await found('newparcel77')).toEqual(['blue']));
    await harness.publishAll([message(AmazonOrderUpdated, { ...blue, lines: [aLine({ title: 'Green cup' })] }, 2)]);
    await harness.publishAll([message(AmazonOrderUpdated, { ...taro, shipToCountry: 'JP' }, 2)]);
    await eventually(async () => expect(await found('jp/44', '&shipToCountry=JP')).toEqual(['taro']));
    expect([await found('yellow'), await found('green'), await found('red cup')]).toEqual([['blue'], [], []]);
  });

  test('goes together with filters and sorts', async () => {
    expect(await found('blue', '&fulfilledBy=merchant&sort=-total')).toEqual(['blue', 'zoe']);
    expect(await found('blue', '&program=business')).toEqual([]);
  });

  test('is summed up like the list', async () => {
    const { body } = await harness.get('/orders/summary?q=blue');
    expect(body.stores).toMatchObject([{ orders: { new: 2 }, sales: [{ currency: 'USD', orders: 2 }] }]);
  });

  test('by a name shows the buyer masked', async () => {
    const { body } = await harness.get('/orders?q=quartermain');
    expect(body.items[0].buyer).toEqual({ name: 'Z•••• Q••••' });
  });
});

describe('a parcel of ours', () => {
  const parcel = (revision: number, trackingNumber: string) => ({
    ...{ orderId: blue.orderId, shipmentId: '0198c2a4-7000-7000-8000-0000000000e9', revision, shippedAt: '2026-03-02T10:00:00Z' },
    ...{ carrier: 'dhl', labelFrom: 'seller' as const, trackingNumber, lines: [{ lineId: '10000000000001', quantity: 1 }] },
  });

  test('is found by its number as soon as it leaves, also by the one that was corrected, and after what Amazon says next', async () => {
    await harness.publishAll([
      message(ShipmentCorrected, parcel(2, 'JD0001-2222'), 2),
      message(ShipmentDispatched, parcel(1, 'JD0001-1111'), 1),
      message(AmazonOrderUpdated, { ...blue, lines: [aLine({ sku: 'CUP7', title: 'Red cup with a handle' })] }, 9),
    ]);
    await eventually(async () => expect(await found('handle')).toEqual(['blue']));
    await eventually(async () => expect([await found('JD00012222'), await found('jd0001-1111')]).toEqual([['blue'], ['blue']]));
  });
});
