import { AmazonContactRefused, AmazonContactSent, type ContactKind, type Event } from '@orderbus/contracts';
import { orderIdOf } from '@orderbus/kernel';
import { eventually, type HttpAnswer } from '@orderbus/testkit';
import type { CommandView } from '../src/http/command-view.ts';
import { type BillingStub, billingStub } from './billing-stub.ts';
import type { HarnessWish } from './gateway-harness.ts';
import { type LedgerEntry, type WritingHarness, writingHarness } from './writing-harness.ts';

export interface ContactsHarness extends WritingHarness {
  readonly billing: BillingStub;
  /** An order that is known here, as wished; `daysAgo`: when it was bought. */
  order(wish?: object, options?: { readonly daysAgo?: number; readonly contact?: object }): Promise<AnOrder>;
  look({ orderId }: AnOrder): Promise<HttpAnswer>;
  ask({ orderId }: AnOrder, wish: { readonly contact: ContactKind } & Record<string, unknown>): Promise<HttpAnswer>;
  upload({ orderId }: AnOrder, file: string, contentType?: string): Promise<HttpAnswer>;
  /** The command once it has come to this state. */
  settled(id: string, state: string): Promise<CommandView>;
  /** What reached the buyer. */
  heard({ amazonOrderId }: AnOrder): Promise<LedgerEntry[]>;
  /** Everything that was tried. */
  tried({ amazonOrderId }: AnOrder): Promise<LedgerEntry[]>;
  sent: () => Event<{ orderId: string; contact: ContactKind }>[];
  refused: () => Event<{ orderId: string; contact: ContactKind; refusal: { code: string; words: string } }>[];
  /** What was told of it, once it was. */
  sentAbout(order: AnOrder): Promise<{ contact: ContactKind }>;
  noFaults(): Promise<void>;
  /** How often the sandbox was asked this. */
  asked(operation: string): Promise<number>;
  /** Does this while nothing is sent. */
  whileReadOnly<T>(work: () => Promise<T>): Promise<T>;
}

/** A day on which a review may be asked for, counted from the purchase. */
export const reviewDay = { daysAgo: 14 };
export const shipped = { fulfillmentStatus: 'SHIPPED' };
export const review = { contact: 'request-review' } as const;
export const problem = ({ amazonOrderId }: AnOrder, words = 'the blue one is broken') =>
  ({ contact: 'unexpected-problem', language: 'en', text: `About order ${amazonOrderId}: ${words}.` }) as const;

/** Amazon's no, as a proxy says it. */
export const refusal = (status: number, code: string, message: string) => ({ status, body: { errors: [{ code, message }] } });

export const why = ({ status, body }: HttpAnswer): readonly [number, string] => [status, body.code];

export interface AnOrder {
  readonly orderId: string;
  readonly amazonOrderId: string;
}

const messages = /^(confirmCustom|create(Confirm|Digital|Legal|Unexpected|Warranty|ProductReview)|sendInvoice)/;

/** The gateway, a whole Amazon with buyers behind it, and a billing service that has every invoice. */
export const contactsHarness = async ({ env, ...wish }: HarnessWish = {}): Promise<ContactsHarness> => {
  const billing = await billingStub();
  const gateway = await writingHarness({ ...wish, env: { BILLING_URL: billing.url, ...env } });
  const { service, sandbox } = gateway;
  const heard: Event[] = [];
  const topics = [AmazonContactSent, AmazonContactRefused].map(({ topic }) => topic);
  await service.broker.declare({ queue: 'contacts-probe', topics });
  await service.broker.subscribe({ queue: 'contacts-probe' }, async (batch) => {
    for (const { body } of batch) heard.push(JSON.parse(body.toString('utf8')));
    return batch.map(() => ({ fate: 'done' }));
  });
  const told = (type: string) => heard.filter((event) => event.type === type);
  const tried = async ({ amazonOrderId }: AnOrder) =>
    (await gateway.arrived(amazonOrderId)).filter(({ operation }) => messages.test(operation));

  return {
    ...gateway,
    billing,
    order: async (orders = {}, { daysAgo = 0, contact } = {}) => {
      const createdTime = new Date(Date.now() - daysAgo * 86_400_000).toISOString();
      const [amazonOrderId = ''] = await gateway.create(1, {
        createdTime,
        marketplaceId: 'ATVPDKIKX0DER',
        programs: [],
        itemPrograms: [],
        ...orders,
      });
      await gateway.patch(amazonOrderId, { contact: { locale: 'en-US', nature: 'goods', ...contact } });
      await service.send('POST', `/stores/na/orders/${amazonOrderId}/recover`);
      return { amazonOrderId, orderId: orderIdOf('na', amazonOrderId) };
    },
    look: ({ orderId }) => service.get(`/orders/${orderId}/contacts`),
    ask: ({ orderId }, asked) => service.send('POST', `/orders/${orderId}/contacts`, asked),
    upload: async ({ orderId }, file, contentType = 'application/pdf') => {
      const path = `/orders/${orderId}/contact-attachments`;
      const response = await service.fetch(path, { method: 'POST', body: file, headers: { 'content-type': contentType } });
      return { status: response.status, body: await response.json() };
    },
    settled: (id, state) =>
      eventually(async () => {
        const { body } = await service.get(`/commands/${id}`);
        if (body.state !== state) throw new Error(JSON.stringify(body));
        return body;
      }),
    heard: async (order) => (await tried(order)).filter(({ effect }) => effect === 'sent'),
    tried,
    sent: () => told(AmazonContactSent.type) as never,
    refused: () => told(AmazonContactRefused.type) as never,
    sentAbout: ({ orderId }) =>
      eventually(() => {
        const mine = told(AmazonContactSent.type).filter(({ data }) => (data as AnOrder).orderId === orderId);
        if (mine.length !== 1) throw new Error(`${mine.length} were told`);
        return mine[0]?.data as never;
      }),
    asked: async (operation) => {
      const answer = await fetch(`${sandbox.url}/sandbox/stats`);
      const { requests } = (await answer.json()) as { requests: Record<string, Record<string, number>> };
      return Object.values(requests[operation] ?? {}).reduce((sum, count) => sum + count, 0);
    },
    whileReadOnly: async (work) => {
      const switchTo = (readOnly: boolean) => service.send('PUT', '/installation/read-only', { readOnly });
      await switchTo(true);
      try {
        return await work();
      } finally {
        await switchTo(false);
      }
    },
    noFaults: async () => void (await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' })),
    stop: async () => {
      await gateway.stop();
      await billing.stop();
    },
  };
};
