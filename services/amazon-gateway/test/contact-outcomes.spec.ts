import fs from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { AmazonWriteUncertain, OrderBuyerPurged } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { purgeLetters } from '../src/store/contact-letters.ts';
import {
  type AnOrder,
  type ContactsHarness,
  contactsHarness,
  problem,
  refusal,
  review,
  reviewDay,
  shipped,
  why,
} from './contacts-harness.ts';

const canary = 'Canary Buyerson wants it in chartreuse';

let gateway: ContactsHarness;
const logged: string[] = [];

beforeAll(async () => {
  // The log writes to the descriptor itself.
  jest.spyOn(fs, 'writeSync').mockImplementation(((_fd: number, text: string | Uint8Array) => {
    logged.push(String(text));
    return text.length;
  }) as typeof fs.writeSync);
  gateway = await contactsHarness({ env: { LOG_LEVEL: 'trace', AMAZON_READ_BACK_DELAYS: '50ms,100ms' } });
});
afterEach(async () => {
  gateway.proxy.onContact = () => undefined;
  await gateway.noFaults();
});
afterAll(async () => {
  await gateway?.stop();
  jest.restoreAllMocks();
});

const operationsOf = (entries: readonly { operation: string }[]) => entries.map(({ operation }) => operation);
const uncertainAbout = ({ orderId }: AnOrder) =>
  eventually(() => {
    const mine = gateway.told(AmazonWriteUncertain).filter(({ data }) => data.orderId === orderId);
    if (mine.length !== 1) throw new Error(`${mine.length} were told`);
    return mine[0]?.data;
  });

describe('a message of which nobody heard the answer', () => {
  test.each(['reset-after-effect', 'error-after-effect'] as const)(
    '(%s) is not sent again: a person is asked, and decides',
    async (kind) => {
      const order = await gateway.order();
      await gateway.fault({ kind, operations: ['createUnexpectedProblem'], times: 1 });
      const { body } = await gateway.ask(order, problem(order));
      expect(await uncertainAbout(order)).toMatchObject({
        kind: 'contact',
        commandId: body.id,
        words: expect.stringContaining('Seller Central'),
      });
      expect((await gateway.service.get(`/commands/${body.id}`)).body).toMatchObject({ state: 'unknown', attempts: 1 });
      expect(why(await gateway.ask(order, { ...problem(order, 'something else') }))).toEqual([409, 'contact.once-per-order']);
      const settle = { as: 'done', note: 'The buyer has it.' };
      expect((await gateway.service.send('POST', `/commands/${body.id}/settle`, settle)).status).toBe(200);
      expect(await gateway.heard(order)).toHaveLength(1);
      await gateway.sentAbout(order);
    },
  );

  test('and that did not arrive is sent when a person says so', async () => {
    const order = await gateway.order();
    await gateway.fault({ kind: 'error', status: 500, operations: ['createUnexpectedProblem'], times: 1 });
    const { body } = await gateway.ask(order, problem(order));
    await uncertainAbout(order);
    expect(await gateway.heard(order)).toEqual([]);
    await gateway.service.send('POST', `/commands/${body.id}/retry`);
    await gateway.settled(body.id, 'done');
    expect(await gateway.heard(order)).toHaveLength(1);
  });

  test('is sent later where it surely did not leave', async () => {
    const order = await gateway.order();
    await gateway.fault({ kind: 'error', status: 503, operations: ['getMessagingActionsForOrder'], times: 1 });
    expect((await gateway.ask(order, problem(order))).status).toBe(503);
    await gateway.fault({ kind: 'forbidden', operations: ['createUnexpectedProblem'], times: 1 });
    const { body } = await gateway.ask(order, problem(order));
    const waiting = await eventually(async () => {
      const command = (await gateway.service.get(`/commands/${body.id}`)).body;
      if (command.answer?.result !== 'not-sent') throw new Error(command.state);
      return command;
    });
    expect(waiting).toMatchObject({ state: 'pending', attempts: 0, answer: { code: 'amazon.access-denied' } });
    await gateway.service.send('POST', `/commands/${body.id}/retry`);
    await gateway.settled(body.id, 'done');
    expect(await gateway.heard(order)).toHaveLength(1);
  });
});

describe('a request for a review', () => {
  test('is made once, within its days', async () => {
    const [early, right, late] = [
      await gateway.order(shipped, { daysAgo: 3 }),
      await gateway.order(shipped, reviewDay),
      await gateway.order(shipped, { daysAgo: 60 }),
    ];
    expect(why(await gateway.ask(early, review))).toEqual([409, 'contact.too-early']);
    expect(why(await gateway.ask(late, review))).toEqual([409, 'contact.too-late']);
    const [first, second] = await Promise.all([gateway.ask(right, review), gateway.ask(right, review)]);
    expect([first?.status, first?.body.id]).toEqual([202, second?.body.id]);
    await gateway.settled(first?.body.id, 'done');
    expect(operationsOf(await gateway.tried(right))).toEqual(['createProductReviewAndSellerFeedbackSolicitation']);
    expect([...(await gateway.tried(early)), ...(await gateway.tried(late))]).toEqual([]);
  });

  test('that arrived unheard is found by what Amazon offers no more', async () => {
    const order = await gateway.order(shipped, reviewDay);
    await gateway.fault({ kind: 'reset-after-effect', operations: ['createProductReviewAndSellerFeedbackSolicitation'], times: 1 });
    const { body } = await gateway.ask(order, review);
    expect(await gateway.settled(body.id, 'done')).toMatchObject({ attempts: 1, readBack: { result: 'found' } });
    expect(await gateway.tried(order)).toHaveLength(1);
  });

  test('that did not arrive is still offered, and made again', async () => {
    const order = await gateway.order(shipped, reviewDay);
    await gateway.fault({ kind: 'error', status: 500, operations: ['createProductReviewAndSellerFeedbackSolicitation'], times: 1 });
    const { body } = await gateway.ask(order, review);
    expect(await gateway.settled(body.id, 'done')).toMatchObject({ attempts: 2, readBack: { result: 'absent' } });
    expect(await gateway.heard(order)).toHaveLength(1);
  });
});

describe('a request for a review that arrived late', () => {
  test('is done when Amazon takes no second one', async () => {
    const order = await gateway.order(shipped, reviewDay);
    const answers = [
      refusal(500, 'InternalFailure', 'We encountered an internal error.'),
      refusal(403, 'Unauthorized', 'The requested solicitation is not available for this amazonOrderId.'),
    ];
    gateway.proxy.onContact = () => answers.shift();
    const { body } = await gateway.ask(order, review);
    expect(await gateway.settled(body.id, 'done')).toMatchObject({
      attempts: 2,
      answer: { words: expect.stringContaining('first one has arrived') },
    });
    expect(answers).toEqual([]);
  });
});

describe('a document', () => {
  test('is carried as a file of the message, the invoice as billing draws it', async () => {
    const order = await gateway.order(shipped);
    const documentId = newId();
    const invoice = await gateway.ask(order, { contact: 'invoice', documentId });
    const uploaded = await gateway.upload(order, '%PDF-1.7 terms of the warranty');
    expect(uploaded.status).toBe(201);
    expect((await gateway.upload(order, '%PDF-1.7 terms of the warranty')).body).toEqual(uploaded.body);
    const { attachmentId } = uploaded.body;
    const coverage = { from: '2026-11-01T00:00:00Z', until: '2028-11-01T00:00:00Z' };
    const warranty = await gateway.ask(order, { contact: 'warranty', attachments: [{ attachmentId, fileName: 'warranty.pdf' }], coverage });
    await gateway.settled(invoice.body.id, 'done');
    await gateway.settled(warranty.body.id, 'done');
    expect(gateway.billing.asked.at(-1)).toContain(`/invoices/${documentId}/pdf`);
    const heard = await gateway.heard(order);
    expect(new Map(heard.map(({ operation, request }) => [operation, request]))).toEqual(
      new Map<string, object>([
        ['sendInvoice', { attachments: [{ uploadDestinationId: expect.any(String), fileName: `invoice-${order.amazonOrderId}.pdf` }] }],
        [
          'createWarranty',
          {
            attachments: [{ uploadDestinationId: expect.any(String), fileName: 'warranty.pdf' }],
            coverageStartDate: coverage.from,
            coverageEndDate: coverage.until,
          },
        ],
      ]),
    );
  });

  test('waits while billing does not give it, or Amazon takes no files', async () => {
    const order = await gateway.order(shipped);
    await gateway.fault({ kind: 'error', status: 503, operations: ['uploadAttachment'], times: 1 });
    const { body } = await gateway.ask(order, { contact: 'invoice', documentId: newId() });
    await eventually(async () =>
      expect((await gateway.service.get(`/commands/${body.id}`)).body.answer).toMatchObject({ result: 'not-sent' }),
    );
    await gateway.service.send('POST', `/commands/${body.id}/retry`);
    await gateway.settled(body.id, 'done');
    expect(await gateway.tried(order)).toHaveLength(1);
  });
});

describe('what was said', () => {
  test('stands in clear in no table, no event, no answer, no log line, no metric and no error, whatever Amazon repeats of it', async () => {
    const order = await gateway.order();
    gateway.proxy.onContact = (said) =>
      refusal(400, 'InvalidInput', `Value '${JSON.parse(said).text}' at 'text' failed to satisfy constraint`);
    const { attachmentId } = (await gateway.upload(await gateway.order(shipped), `%PDF-1.7 ${canary}`)).body;
    expect(attachmentId).toBeDefined();
    const { body } = await gateway.ask(order, problem(order, canary));
    expect((await gateway.settled(body.id, 'failed')).answer?.words).toContain('It repeats the message');
    gateway.proxy.onContact = () => undefined;
    await eventually(async () =>
      expect((await gateway.service.get('/errors?operation=createUnexpectedProblem')).body.items).not.toEqual([]),
    );
    const tables = await gateway.service.app.database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'gateway'`,
    );
    const rows = await Promise.all(tables.map(({ name }) => gateway.service.app.database.query(`select t::text as text from "${name}" t`)));
    const paths = ['/commands', `/commands/${body.id}`, '/errors', '/metrics', `/events/${order.orderId}`, '/dead-letters'];
    const answers = await Promise.all([...paths.map((path) => gateway.service.get(path)), gateway.look(order)]);
    const everything = JSON.stringify([rows, answers, gateway.sent(), gateway.refused(), logged]);
    expect(everything).toContain(order.amazonOrderId);
    expect(logged.join('')).toContain('Amazon answered');
    for (const piece of [canary, 'chartreuse', 'Buyerson']) expect(everything).not.toContain(piece);

    const words = await gateway.service.get(`/orders/${order.orderId}/contacts/${body.id}/words`);
    expect(words.body).toEqual({ text: problem(order, canary).text, files: [] });
    const operator = gateway.service.as({ id: 'person:3', permissions: ['read', 'operate'] });
    expect((await operator.get(`/orders/${order.orderId}/contacts/${body.id}/words`)).status).toBe(403);
  });

  test('is forgotten some time after it was sent; that it was sent is not', async () => {
    const { database } = gateway.service.app;
    const [order, other] = [await gateway.order(), await gateway.order()];
    const { body } = await gateway.ask(order, problem(order));
    await gateway.settled(body.id, 'done');
    gateway.proxy.onContact = () => refusal(400, 'InvalidInput', 'Invalid Input');
    const failed = (await gateway.ask(other, problem(other))).body.id;
    await gateway.settled(failed, 'failed');
    gateway.proxy.onContact = () => undefined;
    await purgeLetters(database, new Date(Date.now() - 3_600_000));
    expect(await kept(order)).toEqual([1, 0]);
    await purgeLetters(database, new Date(Date.now() + 1_000));
    expect([await kept(order), await kept(other)]).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect((await gateway.look(order)).body.said).toMatchObject([{ state: 'done' }]);
    expect((await gateway.service.get(`/orders/${order.orderId}/contacts/${body.id}/words`)).status).toBe(404);
    // Without its words it cannot be sent again by hand; whoever writes them again can have it sent.
    await gateway.service.send('POST', `/commands/${failed}/retry`);
    expect((await gateway.settled(failed, 'failed')).answer).toMatchObject({ code: 'contact.words-forgotten' });
    expect((await gateway.ask(other, problem(other))).body.id).toBe(failed);
    await gateway.settled(failed, 'done');
    expect(await gateway.heard(other)).toHaveLength(1);
  });

  test('is forgotten with the buyer, and is not sent any more', async () => {
    const order = await gateway.order();
    const { body } = await gateway.whileReadOnly(async () => {
      const answer = await gateway.ask(order, problem(order));
      await gateway.upload(order, '%PDF-1.7 x');
      await gateway.service.publish(
        OrderBuyerPurged,
        { orderId: order.orderId, purgedAt: new Date().toISOString(), reason: 'retention' as const },
        { aggregateId: order.orderId, aggregateVersion: 1, tenant: 'na' },
      );
      await eventually(async () => expect(await kept(order)).toEqual([0, 0]));
      return answer;
    });
    expect((await gateway.settled(body.id, 'failed')).answer).toMatchObject({ code: 'contact.buyer-forgotten' });
    expect(why(await gateway.ask(order, problem(order)))).toEqual([409, 'contact.buyer-forgotten']);
    expect(await gateway.tried(order)).toEqual([]);
  });
});

const kept = async ({ orderId }: AnOrder): Promise<number[]> => {
  const { database } = gateway.service.app;
  return Promise.all(
    ['contact_letter', 'contact_attachment'].map(
      async (table) => (await database.query(`select 1 from ${table} where order_id = $1`, [orderId])).length,
    ),
  );
};
