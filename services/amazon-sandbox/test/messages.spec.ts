import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { MessagingApi } from '@scaleleap/selling-partner-api-sdk/lib/api-models/messaging-api-model/index.js';
import { SolicitationsApi } from '@scaleleap/selling-partner-api-sdk/lib/api-models/solicitations-api-model/index.js';
import { UploadsApi } from '@scaleleap/selling-partner-api-sdk/lib/api-models/uploads-api-model/index.js';
import { type AmazonErrors, europe, northAmerica, type WholeOrder } from './harness.ts';
import { type Shop, startShop } from './shop.ts';

const us = 'ATVPDKIKX0DER';
const dayMs = 86_400_000;

/** Amazon's own models as clients. */
const clientsOf = async ({ sandbox, accessToken }: Shop) => {
  const options = { headers: { 'x-amz-access-token': await accessToken(northAmerica) } };
  return {
    options,
    messaging: new MessagingApi(undefined, sandbox.url),
    solicitations: new SolicitationsApi(undefined, sandbox.url),
    uploads: new UploadsApi(undefined, sandbox.url),
  };
};

const about = ({ orderId }: WholeOrder) => ({ amazonOrderId: orderId, marketplaceIds: [us] });
const at = (folder: 'messages' | 'solicitations', { orderId }: WholeOrder, name = '', marketplaceIds = us): string =>
  `/${folder === 'messages' ? 'messaging' : 'solicitations'}/v1/orders/${orderId}${name && `/${folder}/${name}`}?marketplaceIds=${marketplaceIds}`;
const regard = ({ call }: Shop, { orderId }: WholeOrder, contact: object) => call('PATCH', `/sandbox/orders/${orderId}`, { contact });
const say = ({ asSeller }: Shop, order: WholeOrder, name: string, body: object) =>
  asSeller<AmazonErrors>(northAmerica, 'POST', at('messages', order, name), body);
const ask = ({ asSeller }: Shop, order: WholeOrder) =>
  asSeller<AmazonErrors>(northAmerica, 'POST', at('solicitations', order, 'productReviewAndSellerFeedback'));
const wordsOf = ({ status, body }: { status: number; body: AmazonErrors }) => [status, body.errors[0]?.code, body.errors[0]?.message];

test('the typed clients of the Messaging and Uploads APIs see what is allowed, read the language and send a message with a file', async () => {
  const shop = await startShop();
  const { options, messaging, uploads } = await clientsOf(shop);
  const order = await shop.order();
  await regard(shop, order, { locale: 'fr-CA', nature: 'customized' });
  const { data } = await messaging.getMessagingActionsForOrder(about(order), options);
  expect(data._links?.actions.map(({ name }) => name)).toEqual([
    'confirmCustomizationDetails',
    'confirmDeliveryDetails',
    'confirmOrderDetails',
    'unexpectedProblem',
    'legalDisclosure',
    'invoice',
    'attributes',
  ]);
  expect(data._links?.self.href).toBe(at('messages', order));
  expect(data._embedded?.actions[0]).toMatchObject({ payload: { name: 'confirmCustomizationDetails' } });
  expect((await messaging.getAttributes(about(order), options)).data.buyer?.locale).toBe('fr-CA');

  const file = Buffer.from('%PDF-1.7 a design');
  const contentMD5 = createHash('md5').update(file).digest('base64');
  const resource = `messaging/v1/orders/${order.orderId}/messages/confirmCustomizationDetails`;
  const { payload } = (await uploads.createUploadDestinationForResource({ marketplaceIds: [us], contentMD5, resource }, options)).data;
  const attachments = [{ uploadDestinationId: String(payload?.uploadDestinationId), fileName: 'design.pdf' }];
  const body = { text: `Votre commande ${order.orderId} : est-ce bien ce dessin ?`, attachments };
  const send = () => messaging.confirmCustomizationDetails({ ...about(order), body }, options);
  await expect(send()).rejects.toMatchObject({
    response: { status: 400, data: { errors: [{ message: expect.stringMatching(/^Attachment with ID .* does not exist$/) }] } },
  });
  const upload = (bytes: Buffer, headers: object) =>
    fetch(String(payload?.url), { method: 'PUT', body: new Uint8Array(bytes), headers: headers as Record<string, string> });
  expect((await upload(file, {})).status).toBe(403);
  expect((await upload(Buffer.from('another'), payload?.headers ?? {})).status).toBe(400);
  expect((await upload(file, payload?.headers ?? {})).status).toBe(200);
  expect((await send()).status).toBe(201);
  expect(await shop.ledger({ orderId: order.orderId, effect: 'sent' })).toMatchObject([
    { operation: 'confirmCustomizationDetails', request: body },
  ]);
});

test('the typed client of the Solicitations API asks for a review once, within its days', async () => {
  const shop = await startShop();
  const { options, solicitations } = await clientsOf(shop);
  const order = await shop.order({ fulfillmentStatus: 'SHIPPED' });
  const names = async () =>
    (await solicitations.getSolicitationActionsForOrder(about(order), options)).data._links?.actions.map(({ name }) => name);
  const create = () => solicitations.createProductReviewAndSellerFeedbackSolicitation(about(order), options);
  expect(await names()).toEqual([]);
  await expect(create()).rejects.toMatchObject({
    response: { status: 403, data: { errors: [{ code: 'Unauthorized', message: expect.stringContaining('5-30 day range') }] } },
  });
  shop.clock.forward(13 * dayMs);
  const later = await clientsOf(shop);
  Object.assign(options.headers, later.options.headers);
  expect(await names()).toEqual(['productReviewAndSellerFeedback']);
  expect((await create()).status).toBe(201);
  expect(await names()).toEqual([]);
  expect(wordsOf(await ask(shop, order))).toEqual([
    403,
    'Unauthorized',
    'The requested solicitation is not available for this amazonOrderId.',
  ]);
  expect((await shop.ledger({ orderId: order.orderId })).map(({ effect }) => effect)).toEqual(['refused', 'sent', 'refused']);
});

describe('a message', () => {
  test('that is not among the actions of the order is refused', async () => {
    const shop = await startShop();
    const order = await shop.order({ fulfillmentStatus: 'SHIPPED' });
    const refused = [403, 'Unauthorized', 'Invalid amazonOrderId and template combination.'];
    expect(wordsOf(await say(shop, order, 'confirmOrderDetails', { text: order.orderId }))).toEqual(refused);
    expect((await say(shop, order, 'unexpectedProblem', { text: order.orderId })).status).toBe(201);
    expect(wordsOf(await say(shop, order, 'unexpectedProblem', { text: order.orderId }))).toEqual(refused);
  });

  test.each<[string, object, string]>([
    ['unexpectedProblem', { text: 'x'.repeat(2_001) }, 'less than or equal to 2000'],
    ['unexpectedProblem', { text: ' ' }, 'must not be empty'],
    ['unexpectedProblem', { text: 'a <b>b</b>' }, 'HTML'],
    ['unexpectedProblem', { text: 'write to me@example.test' }, 'email'],
    ['unexpectedProblem', { text: 'x', attachments: [] }, 'unknown fields [attachments]'],
    ['confirmCustomizationDetails', { text: 'x'.repeat(801) }, 'less than or equal to 800'],
    ['digitalAccessKey', { text: 'x'.repeat(401) }, 'less than or equal to 400'],
    ['legalDisclosure', {}, 'missing required fields [attachments]'],
    ['invoice', { attachments: [] }, 'at least 1'],
    ['warranty', { attachments: Array(6).fill({ uploadDestinationId: 'x', fileName: 'x' }) }, 'at most 5'],
  ])('%s with %j breaks a rule', async (name, body, rule) => {
    const shop = await startShop();
    const nature = { confirmCustomizationDetails: 'customized', digitalAccessKey: 'digital' }[name] ?? 'goods';
    const order = await shop.order({ fulfillmentStatus: name === 'warranty' ? 'SHIPPED' : 'UNSHIPPED' });
    await regard(shop, order, { nature });
    expect(wordsOf(await say(shop, order, name, body))).toEqual([400, 'InvalidInput', expect.stringContaining(rule)]);
  });

  test('needs the marketplace of the order, a number that can be one, and the order to be the seller’s', async () => {
    const shop = await startShop();
    const order = await shop.order();
    const status = async (path: string, seller = northAmerica) => (await shop.asSeller<AmazonErrors>(seller, 'GET', path)).status;
    expect(await status(at('messages', order))).toBe(200);
    expect(wordsOf(await shop.asSeller<AmazonErrors>(northAmerica, 'GET', `/messaging/v1/orders/${order.orderId}`))[2]).toBe(
      'marketplaceIds: Missing or invalid request parameter: marketplaceId',
    );
    expect(await status(at('messages', order, '', `${us},A2EUQ1WTGCTBG2`))).toBe(400);
    expect(await status(at('messages', { ...order, orderId: '17' }))).toBe(400);
    expect(await status(at('messages', order, '', 'A2EUQ1WTGCTBG2'))).toBe(404);
    expect(await status(at('messages', order), europe)).toBe(404);
  });

  test('needs the role Buyer Communication, a review Buyer Solicitation', async () => {
    const shop = await startShop();
    const order = await shop.order({ fulfillmentStatus: 'SHIPPED' });
    const statuses = async (roles: string[]) => {
      await shop.call('PUT', `/sandbox/applications/${northAmerica.clientId}`, { roles });
      const paths = [at('messages', order), at('solicitations', order)];
      return Promise.all(paths.map(async (path) => (await shop.asSeller(northAmerica, 'GET', path)).status));
    };
    expect(await statuses(['buyer-communication'])).toEqual([200, 403]);
    expect(await statuses(['buyer-solicitation'])).toEqual([403, 200]);
    expect(await statuses(['tax-invoicing'])).toEqual([403, 403]);
  });

  test('has its own quota, and arrives also when nobody hears the answer', async () => {
    const shop = await startShop({ limits: 'documented' });
    const orders = await Promise.all(Array.from({ length: 6 }, () => shop.order()));
    const fault = { kind: 'reset-after-effect', operations: ['createUnexpectedProblem'], times: 1 };
    await shop.call('POST', '/sandbox/faults', fault);
    const outcomes: (number | 'lost')[] = [];
    for (const order of orders)
      outcomes.push(
        await say(shop, order, 'unexpectedProblem', { text: order.orderId }).then(
          ({ status }) => status,
          () => 'lost' as const,
        ),
      );
    expect(outcomes).toEqual(['lost', 201, 201, 201, 201, 429]);
    expect(await shop.ledger({ operation: 'createUnexpectedProblem', effect: 'sent' })).toHaveLength(5);
  });
});
