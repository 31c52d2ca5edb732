import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AmazonShipmentConfirmed, AmazonShipmentRejected, AmazonWriteUncertain } from '@orderbus/contracts';
import { eventually } from '@orderbus/testkit';
import { type WritingHarness, writingHarness } from './writing-harness.ts';

const plain = { lines: [{ sku: 'SKU-MUG-BLUE', quantity: 3 }], programs: [], itemPrograms: [] };

describe('a write of which nobody knows what came', () => {
  let gateway: WritingHarness;
  let numbers: string[];

  beforeAll(async () => {
    gateway = await writingHarness({
      before: async ({ create }) => {
        numbers = await create(9, plain);
      },
    });
    // A circuit that has seen nothing but trouble would open in the middle of it.
    const well = next();
    for (let n = 0; n < 3; n++) await gateway.dispatch(well);
    await eventually(async () => expect(await gateway.commands(`amazonOrderId=${well}&state=done`)).toHaveLength(3));
  });
  afterAll(() => gateway.stop());

  const next = (): string => numbers.pop() ?? '';
  const confirmedOf = (orderId: string) => gateway.told(AmazonShipmentConfirmed).filter(({ data }) => data.orderId === orderId);

  test('holds back what was asked after it about the same order, and nothing else', async () => {
    const [number, other] = [next(), next()];
    await gateway.fault({ kind: 'reset', operations: ['confirmShipment'], times: 1 });
    await gateway.fault({ kind: 'slow', delayMs: 1_500, operations: ['getOrder'], times: 1 });
    const first = await gateway.dispatch(number);
    await gateway.command(number, 'unknown');
    await gateway.dispatch(number, { trackingNumber: '1Z2' });
    await gateway.dispatch(other);
    await gateway.command(other, 'done');
    const [second] = await gateway.commands(`amazonOrderId=${number}&state=pending`);
    expect(second?.waits).toMatch(new RegExp(`Command ${second?.behind}, which was asked before`));
    await eventually(() => expect(confirmedOf(first.orderId)).toHaveLength(2));
    expect((await gateway.arrived(number)).map(({ packageReference }) => packageReference)).toEqual(['1', '2']);
  });

  test.each([{ kind: 'reset-after-effect' }, { kind: 'error-after-effect', status: 500 }])(
    'pitfall 26: but that was done is found by reading back, and not sent twice ($kind)',
    async (fault) => {
      const number = next();
      await gateway.fault({ ...fault, operations: ['confirmShipment'], times: 1 });
      const parcel = await gateway.dispatch(number);
      const command = await gateway.command(number, 'done');
      expect(command).toMatchObject({ attempts: 1, answer: { result: 'unknown' }, readBack: { result: 'found' } });
      await eventually(() => expect(confirmedOf(parcel.orderId)).toHaveLength(1));
      expect(await gateway.arrived(number)).toMatchObject([{ effect: 'created' }]);
    },
  );

  test('and that was not done is sent again after reading back', async () => {
    const number = next();
    await gateway.fault({ kind: 'error', status: 503, operations: ['confirmShipment'], times: 1 });
    const parcel = await gateway.dispatch(number);
    expect(await gateway.command(number, 'done')).toMatchObject({
      attempts: 2,
      readBack: { result: 'absent' },
      answer: { result: 'accepted' },
    });
    await eventually(() => expect(confirmedOf(parcel.orderId)).toHaveLength(1));
    expect(await gateway.arrived(number)).toMatchObject([{ effect: 'created' }]);
  });

  test('is looked at again and again while Amazon cannot be read', async () => {
    const number = next();
    await gateway.fault({ kind: 'reset-after-effect', operations: ['confirmShipment'], times: 1 });
    await gateway.fault({ kind: 'error', status: 500, operations: ['getOrder'], times: 4 });
    await gateway.dispatch(number);
    const unknown = await gateway.command(number, 'unknown');
    expect(unknown.waits).toMatch(/nobody knows what came of it: Amazon is read back at/);
    const done = await gateway.command(number, 'done');
    expect(done).toMatchObject({ attempts: 1, readBack: { result: 'found' } });
    expect(done.readBacks).toBeGreaterThan(0);
    expect(await gateway.arrived(number)).toHaveLength(1);
  });

  test('was a no, when Amazon had said no and does not show it', async () => {
    const number = next();
    gateway.proxy.onWrite = () => ({
      status: 400,
      body: {
        errors: [{ code: 'InvalidInput', message: 'PackageToUpdateNotFound: not finding a matching package or order already fulfilled' }],
      },
    });
    await gateway.dispatch(number);
    const command = await gateway.command(number, 'failed');
    gateway.proxy.onWrite = () => undefined;
    expect(command).toMatchObject({
      attempts: 1,
      answer: { result: 'refused', words: expect.stringContaining('PackageToUpdateNotFound') },
    });
  });
});

describe('the ledger in the hands of people', () => {
  let gateway: WritingHarness;
  let numbers: string[];

  beforeAll(async () => {
    gateway = await writingHarness({
      env: { AMAZON_WRITE_DEADLINE: '1s' },
      before: async ({ create }) => {
        numbers = await create(6, plain);
      },
    });
  });
  afterAll(() => gateway.stop());

  const next = (): string => numbers.pop() ?? '';
  const readOnly = (is: boolean) => gateway.service.send('PATCH', '/stores/na', { readOnly: is });

  test('keeps everything while the store is read-only, tells who should know, and sends it in order afterwards', async () => {
    const number = next();
    expect((await readOnly(true)).status).toBe(200);
    const parcel = await gateway.dispatch(number);
    await gateway.correct(parcel, { trackingNumber: '1Z2' });
    await eventually(async () => {
      const uncertain = gateway.told(AmazonWriteUncertain).filter(({ data }) => data.amazonOrderId === number);
      expect(uncertain.map(({ data }) => data.words).toSorted()).toEqual([
        expect.stringMatching(/^Command .* has to be resolved first|^Nothing is sent while/),
        expect.stringMatching(/^Nothing is sent while the store/),
      ]);
    });
    expect(await gateway.arrived(number)).toEqual([]);
    await readOnly(false);
    await eventually(async () =>
      expect((await gateway.arrived(number)).map(({ request }) => request.packageDetail.trackingNumber)).toEqual([
        parcel.trackingNumber,
        '1Z2',
      ]),
    );
  });

  test('reads back at once what nobody knows, when a person wants to know', async () => {
    const number = next();
    await gateway.fault({ kind: 'reset-after-effect', operations: ['confirmShipment'], times: 1 });
    await gateway.fault({ kind: 'forbidden', operations: ['getOrder'], times: 1 });
    await gateway.dispatch(number);
    const { id } = await eventually(async () => {
      const command = await gateway.command(number, 'unknown');
      // Nobody would look before.
      expect(Date.parse(command.nextAttemptAt ?? '')).toBeGreaterThan(Date.now() + 20_000);
      return command;
    });
    expect((await gateway.service.send('POST', `/commands/${id}/read-back`)).status).toBe(200);
    expect(await gateway.command(number, 'done')).toMatchObject({ attempts: 1, readBack: { result: 'found' } });
    expect(await gateway.arrived(number)).toHaveLength(1);
    expect((await gateway.service.send('POST', `/commands/${id}/read-back`)).status).toBe(200);
  });

  test('sends again what has failed, when a person says so', async () => {
    const number = next();
    await gateway.fault({ kind: 'forbidden', operations: ['confirmShipment'], times: 1 });
    await gateway.dispatch(number);
    const waiting = await eventually(async () => {
      const command = await gateway.command(number, 'pending');
      expect(command.waits).toMatch(/^It is sent at .* Amazon denies access/);
      return command;
    });
    const { status, body } = await gateway.service.send('POST', `/commands/${waiting.id}/retry`);
    expect({ status, did: body.decision }).toMatchObject({ status: 200, did: { did: 'resend', by: 'Mara' } });
    await gateway.command(number, 'done');
    expect(await gateway.arrived(number)).toHaveLength(1);
  });

  test('does not send again what is done, nor settles it', async () => {
    const number = next();
    await gateway.dispatch(number);
    const { id } = await gateway.command(number, 'done');
    const again = await gateway.service.send('POST', `/commands/${id}/retry`);
    expect([again.status, again.body.code]).toEqual([409, 'command.cannot-resend']);
    const settled = await gateway.service.send('POST', `/commands/${id}/settle`, { as: 'failed', note: 'no' });
    expect([settled.status, settled.body.code]).toEqual([409, 'command.cannot-settle']);
  });

  test('takes the word of a person for what Amazon does not say', async () => {
    const number = next();
    await readOnly(true);
    const parcel = await gateway.dispatch(number);
    const { id } = await gateway.command(number, 'pending');
    const decision = { as: 'failed', note: 'The parcel came back.' };
    expect((await gateway.service.send('POST', `/commands/${id}/settle`, decision)).body).toMatchObject({ state: 'failed' });
    await readOnly(false);
    await eventually(() =>
      expect(gateway.told(AmazonShipmentRejected).map(({ data }) => data)).toMatchObject([
        { orderId: parcel.orderId, refusal: { code: 'ledger.settled-by-hand', words: decision.note } },
      ]),
    );
    expect(await gateway.arrived(number)).toEqual([]);
  });

  test('is listed page by page, last asked first, and names what is wrong with a question', async () => {
    const all = (await gateway.service.get('/commands?limit=200')).body.items as { id: string }[];
    const seen: string[] = [];
    for (let path = '/commands?limit=2'; path; ) {
      const { body } = await gateway.service.get(path);
      seen.push(...body.items.map(({ id }: { id: string }) => id));
      path = body.nextCursor ? `/commands?limit=2&cursor=${body.nextCursor}` : '';
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    const wrong = await gateway.service.get('/commands?state=lost&kind=letter');
    expect(wrong.body.errors.map(({ field }: { field: string }) => field).toSorted()).toEqual(['kind', 'state']);
    expect((await gateway.service.get('/commands/7d0a4a1e-8d3b-5a52-9d65-0f7f1a5f2c31')).status).toBe(404);
    expect((await gateway.service.send('POST', `/commands/${all[0]?.id}/settle`, { as: 'perhaps' })).body.errors).toHaveLength(2);
  });
});
