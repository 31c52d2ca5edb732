import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { type ContactsHarness, contactsHarness, problem, refusal, review, reviewDay, shipped, why } from './contacts-harness.ts';

const canary = 'Canary Buyerson wants it in chartreuse';

let gateway: ContactsHarness;
beforeAll(async () => {
  gateway = await contactsHarness();
});
afterEach(async () => {
  gateway.proxy.onContact = () => undefined;
  await gateway.noFaults();
});
afterAll(() => gateway?.stop());

describe('whoever looks', () => {
  test('sees what may be said now, in which language, with which limits, and of the rest why not', async () => {
    const order = await gateway.order({}, { contact: { locale: 'de-DE' } });
    const { status, body } = await gateway.look(order);
    expect(status).toBe(200);
    expect(body).toMatchObject({ ...order, language: 'de-DE', languageFrom: 'buyer', said: [] });
    const of = (contact: string) => body.contacts.find((each: { contact: string }) => each.contact === contact);
    expect(of('confirm-order-details')).toMatchObject({
      permitted: true,
      text: { longest: 2_000, mustContain: order.amazonOrderId, template: expect.stringMatching(/^Zu Ihrer Bestellung /) },
    });
    expect(of('confirm-customization')).toMatchObject({ permitted: false, because: { code: 'contact.not-offered' } });
    expect(of('request-review')).toMatchObject({ permitted: false, because: { code: 'contact.too-early' }, opensAt: expect.any(String) });
    expect(of('warranty')).toMatchObject({ permitted: false, because: { words: expect.stringContaining('after an order is shipped') } });
  });

  test('is told which role is missing, and sees the rest', async () => {
    const order = await gateway.order(shipped, reviewDay);
    await gateway.fault({ kind: 'forbidden', operations: ['getMessagingActionsForOrder', 'getAttributes'] });
    const { body } = await gateway.look(order);
    const codes = new Map(
      body.contacts.map(({ contact, because }: { contact: string; because?: { code: string } }) => [contact, because?.code]),
    );
    expect([codes.get('invoice'), codes.get('request-review')]).toEqual(['amazon.access-denied', undefined]);
    expect([body.language, body.languageFrom]).toEqual(['en', 'marketplace']);
  });
});

describe('a message', () => {
  test('goes out once, after Amazon was asked twice, and the order tells of it without its words', async () => {
    const order = await gateway.order({}, { contact: { locale: 'de-DE' } });
    const wish = {
      contact: 'confirm-order-details',
      language: 'de',
      text: `Zu Ihrer Bestellung ${order.amazonOrderId}: ${canary}?`,
    } as const;
    const before = await gateway.asked('getMessagingActionsForOrder');
    const { status, body } = await gateway.ask(order, wish);
    expect([status, body.state]).toEqual([202, 'pending']);
    await gateway.settled(body.id, 'done');
    expect((await gateway.asked('getMessagingActionsForOrder')) - before).toBe(2);
    expect(await gateway.heard(order)).toMatchObject([{ operation: 'createConfirmOrderDetails', request: { text: wish.text } }]);
    expect(await gateway.sentAbout(order)).toMatchObject({ contact: 'confirm-order-details' });
    const { body: log } = await gateway.service.get(`/events/${order.orderId}`);
    expect(log.items.map(({ type }: { type: string }) => type)).toContain('amazon.contact.sent');
    expect((await gateway.service.get(`/commands/${body.id}`)).body).toMatchObject({ kind: 'contact', request: { askedBy: 'Mara' } });
    expect((await gateway.look(order)).body.said).toMatchObject([{ contact: 'confirm-order-details', state: 'done' }]);
  });

  test('that is asked for by two clicks, on two replicas, and again later, is one message', async () => {
    const order = await gateway.order();
    const replica = gateway.build({});
    await replica.start();
    const here = await gateway.ask(order, problem(order));
    const clicks = await Promise.all([1, 2, 3].map(() => gateway.ask(order, problem(order))));
    const there = await fetch(`${replica.url}/orders/${order.orderId}/contacts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: gateway.service.access.bearer('amazon-gateway') },
      body: JSON.stringify(problem(order)),
    });
    expect(new Set([here, ...clicks].map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
    expect(await there.json()).toMatchObject({ id: here.body.id });
    await gateway.settled(here.body.id, 'done');
    expect((await gateway.ask(order, problem(order))).body).toMatchObject({ id: here.body.id, state: 'done' });
    expect(await gateway.tried(order)).toHaveLength(1);
    await replica.stop();
  });

  test('is the only one for its order, whichever of several at once comes first', async () => {
    const order = await gateway.order(shipped, reviewDay);
    const answers = await Promise.all([
      gateway.ask(order, problem(order)),
      gateway.ask(order, problem(order, 'another')),
      gateway.ask(order, review),
    ]);
    const taken = answers.filter(({ status }) => status === 202);
    expect(taken).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 202)) expect(why(answer)).toEqual([409, 'contact.once-per-order']);
    await gateway.settled(taken[0]?.body.id, 'done');
    expect(why(await gateway.ask(order, problem(order, 'and more')))).toEqual([409, 'contact.once-per-order']);
    expect(await gateway.heard(order)).toHaveLength(1);
    // Documents go beside it.
    const invoice = await gateway.ask(order, { contact: 'invoice', documentId: newId() });
    await gateway.settled(invoice.body.id, 'done');
  });

  test('that breaks a rule is refused with the rule, and Amazon is not asked', async () => {
    const order = await gateway.order();
    const before = await gateway.asked('getMessagingActionsForOrder');
    const issues = async (wish: object) => {
      const { status, body } = await gateway.ask(order, { ...problem(order), ...wish });
      return [status, (body.errors ?? []).map(({ field }: { field: string }) => field)];
    };
    expect(await issues({ text: `${canary} <b>x</b> me@shop.test` })).toEqual([400, ['text', 'text', 'text']]);
    expect(await issues({ language: undefined })).toEqual([400, ['language']]);
    expect(await issues({ attachments: [{ attachmentId: newId(), fileName: 'x.pdf' }] })).toEqual([400, ['attachments', 'attachments.0']]);
    expect(await issues({ contact: 'order-confirmation' })).toEqual([400, ['contact']]);
    expect(await issues({ contact: 'shipping-confirmation' })).toEqual([400, ['contact']]);
    expect(await issues({ to: 'buyer@example.test' })).toEqual([400, ['to']]);
    expect(await gateway.asked('getMessagingActionsForOrder')).toBe(before);
    expect(await gateway.tried(order)).toEqual([]);
  });

  test('in another language than the buyer reads is refused, where Amazon says which one that is', async () => {
    const order = await gateway.order({}, { contact: { locale: 'fr-CA' } });
    const refused = await gateway.ask(order, problem(order));
    expect([...why(refused), refused.body.detail]).toEqual([409, 'contact.other-language', expect.stringContaining('fr-CA')]);
    const taken = await gateway.ask(order, { ...problem(order), language: 'fr-FR' });
    await gateway.settled(taken.body.id, 'done');
  });

  test('that Amazon does not offer is refused in words, and never gets there', async () => {
    const order = await gateway.order(shipped);
    const refused = await gateway.ask(order, { ...problem(order), contact: 'confirm-order-details' });
    expect([...why(refused), refused.body.detail]).toEqual([409, 'contact.not-offered', expect.stringContaining('before an order')]);
    expect(await gateway.tried(order)).toEqual([]);
    expect((await gateway.look(order)).body.said).toEqual([]);
  });

  test('that was offered when it was asked, and is not when it goes out, is not sent', async () => {
    const order = await gateway.order();
    const { body } = await gateway.whileReadOnly(async () => {
      const answer = await gateway.ask(order, { ...problem(order), contact: 'confirm-order-details' });
      await gateway.patch(order.amazonOrderId, { fulfillmentStatus: 'SHIPPED' });
      expect((await gateway.service.get(`/commands/${answer.body.id}`)).body).toMatchObject({
        state: 'pending',
        waits: expect.stringContaining('read-only'),
      });
      return answer;
    });
    expect((await gateway.settled(body.id, 'failed')).answer).toMatchObject({ code: 'contact.not-offered' });
    expect(await gateway.tried(order)).toEqual([]);
    await eventually(() => expect(gateway.refused().filter(({ data }) => data.orderId === order.orderId)).toHaveLength(1));
    // What surely failed is in nobody's way, and is sent when it is asked for again.
    const again = await gateway.ask(order, problem(order));
    await gateway.settled(again.body.id, 'done');
  });

  test('is refused where Amazon says so after all, and can be asked for again', async () => {
    const order = await gateway.order(shipped, reviewDay);
    gateway.proxy.onContact = () => refusal(403, 'Unauthorized', 'The requested solicitation is not available for this amazonOrderId.');
    const { body } = await gateway.ask(order, review);
    expect((await gateway.settled(body.id, 'failed')).answer).toMatchObject({
      code: 'contact.not-offered',
      words: expect.stringContaining('not available'),
    });
    gateway.proxy.onContact = () => undefined;
    expect((await gateway.ask(order, review)).body.id).toBe(body.id);
    await gateway.settled(body.id, 'done');
    expect(await gateway.heard(order)).toHaveLength(1);
  });

  test('about an order of another store, of none, or of a paused one is not sent', async () => {
    const order = await gateway.order();
    expect(why(await gateway.ask({ ...order, orderId: newId() }, problem(order)))).toEqual([404, 'order.unknown']);
    const limited = gateway.service.as({ id: 'person:1', stores: ['elsewhere'] });
    expect((await limited.get(`/orders/${order.orderId}/contacts`)).status).toBe(404);
    expect((await limited.send('POST', `/orders/${order.orderId}/contacts`, problem(order))).status).toBe(404);
    const viewer = gateway.service.as({ id: 'person:2', permissions: ['read'] });
    expect((await viewer.get(`/orders/${order.orderId}/contacts`)).status).toBe(200);
    expect((await viewer.send('POST', `/orders/${order.orderId}/contacts`, problem(order))).status).toBe(403);
    await gateway.service.send('POST', '/stores/na/pause');
    expect(why(await gateway.ask(order, problem(order)))).toEqual([409, 'store.paused']);
    expect((await gateway.look(order)).body.contacts[0].because).toMatchObject({ code: 'store.paused' });
    await gateway.service.send('POST', '/stores/na/resume');
  });
});
