import type { Caller } from '@orderbus/service-kit';
import type { Known, LetterFacts, OutboxFacts } from '../domain/stuck/facts.ts';
import type { Answer, Ask } from '../services/ask.ts';
import type { Owner } from '../services/owners.ts';
import * as answers from './stuck-answers.ts';

/** What there is to be known of an order now, and what this visitor may not know. */
export interface Gathered {
  readonly known: Known;
  readonly unseen: readonly string[];
  /** The order service has answered, and has no such order. */
  readonly isUnknown: boolean;
}

/** Asks all owners at once; then what follows from their answers. Who does not answer is named. */
export const gather = async (plain: Ask, orderId: string, now: string, caller: Caller): Promise<Gathered> => {
  const incomplete = new Set<Owner>();
  const unseen = new Set<string>();
  const ask: Ask = async (owner, path, schema) => {
    const answer = await plain(owner, path, schema);
    if (answer === 'away') incomplete.add(owner);
    if (answer === 'closed') unseen.add(owner);
    return answer;
  };
  const seesOperation = caller.stores === '*' && caller.permissions.includes('administer');
  if (!seesOperation) for (const part of ['dead-letters', 'outboxes']) unseen.add(part);

  const of = `orderId=${orderId}&limit=200`;
  const [order, log, blockers, reservation, shipping, billing, invoices, memos, commands, installation, unreadable, letters, outboxes] =
    await Promise.all([
      ask('order', `/orders/${orderId}`, answers.Order),
      ask('order', `/events/${orderId}`, answers.Log),
      ask('order', `/blockers?${of}`, answers.Blockers),
      ask('fulfillment', `/reservations/${orderId}`, answers.Reservation),
      ask('fulfillment', `/orders/${orderId}/shipping`, answers.Shipping),
      ask('billing', `/orders/${orderId}/billing`, answers.Billing),
      ask('billing', `/invoices?${of}`, answers.Invoices),
      ask('billing', `/credit-memos?${of}`, answers.CreditMemos),
      ask('amazon-gateway', `/commands?${of}`, answers.Commands),
      ask('amazon-gateway', '/installation', answers.Installation),
      ask('amazon-gateway', '/unreadable-orders?limit=200', answers.UnreadableOrders),
      seesOperation ? lettersAbout(ask, orderId) : [],
      seesOperation ? outboxesOf(ask) : [],
    ]);

  const known: Known = {
    ...{ orderId, now, letters, outboxes, incomplete: [] },
    ...field('order', order),
    ...field(
      'log',
      inside(log, ({ items }) => items.map(({ type, occurredAt, data }) => ({ type, occurredAt, ...data }))),
    ),
    ...field(
      'blocker',
      inside(blockers, ({ items }) => items[0] ?? null),
    ),
    ...fieldOrNull(
      'missing',
      inside(reservation, ({ missing }) => missing),
    ),
    ...fieldOrNull('shipping', shipping),
    ...fieldOrNull('billing', billing),
    ...field(
      'invoices',
      inside(invoices, ({ items }) => items),
    ),
    ...field(
      'creditMemos',
      inside(memos, ({ items }) => items),
    ),
    ...field('installation', installation),
    ...field(
      'unreadable',
      inside(unreadable, ({ items }) => items.filter((item) => isAbout(item.amazonOrderId, order))),
    ),
  };
  const more = await followUp(ask, known, commands);
  return { known: { ...known, ...more, incomplete: [...incomplete] }, unseen: [...unseen], isUnknown: order === 'unknown' };
};

type Heads = Answer<{ readonly items: readonly { readonly id: string; readonly storeId: string; readonly state: string }[] }>;

/** As many as a person can take in. */
const mostCommands = 20;
const mostSkus = 5;

/** The store, the writes that are not done with their feeds, and the stock of what is missing. */
const followUp = async (ask: Ask, known: Known, commands: Heads): Promise<Partial<Known>> => {
  const heads = toldOr(commands, { items: [] }).items;
  const storeId = known.order?.tenant ?? heads[0]?.storeId;
  const open = heads.filter(({ state }) => state !== 'done').slice(0, mostCommands);
  const missing = known.order?.blockReasons.length ? known.order.blockReasons : (known.missing ?? []);
  const skus = [...new Set(missing.filter(({ cause }) => cause !== 'unknown-sku').map(({ sku }) => sku))].slice(0, mostSkus);
  const [store, details, stock] = await Promise.all([
    storeId === undefined ? ('closed' as const) : ask('amazon-gateway', `/stores/${encodeURIComponent(storeId)}`, answers.Store),
    Promise.all(open.map(({ id }) => ask('amazon-gateway', `/commands/${id}`, answers.Command))),
    Promise.all(skus.map((sku) => ask('fulfillment', `/stock?sku=${encodeURIComponent(sku)}`, answers.Stock))),
  ]);
  const told = details.flatMap((detail) => toldOr(detail, []));
  const feedIds = new Set(told.flatMap(({ state, feedId }) => (state === 'sending' && feedId !== undefined ? [feedId] : [])));
  const feeds = await Promise.all([...feedIds].map((id) => ask('amazon-gateway', `/feeds/${id}`, answers.Feed)));
  return {
    ...fieldOrNull('store', store),
    ...field(
      'commands',
      inside(commands, () => told),
    ),
    feeds: feeds.flatMap((feed) => toldOr(feed, [])),
    stock: stock.flatMap((levels) => toldOr(levels, { items: [] }).items),
  };
};

const publishers = ['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification'] as const;

const lettersAbout = async (ask: Ask, orderId: string): Promise<readonly LetterFacts[]> => {
  const found = publishers.map(async (service) => {
    const { items } = toldOr(await ask(service, `/dead-letters?status=open&orderId=${orderId}`, answers.Letters), { items: [] });
    return items.map((letter) => ({ ...letter, service }));
  });
  return (await Promise.all(found)).flat();
};

const outboxesOf = async (ask: Ask): Promise<readonly OutboxFacts[]> => {
  const found = publishers.map(async (service) => {
    const answer = await ask(service, '/outbox', answers.Outbox);
    return typeof answer === 'string' ? [] : [{ ...answer.told, service }];
  });
  return (await Promise.all(found)).flat();
};

const isAbout = (amazonOrderId: string | null, order: Answer<{ readonly amazonOrderId: string }>): boolean =>
  typeof order !== 'string' && order.told.amazonOrderId === amazonOrderId;

const toldOr = <Told, Other>(answer: Answer<Told>, other: Other): Told | Other => (typeof answer === 'string' ? other : answer.told);

const inside = <Told, Part>(answer: Answer<Told>, part: (told: Told) => Part): Answer<Part> =>
  typeof answer === 'string' ? answer : { told: part(answer.told) };

/** A field for what was told, and none otherwise. */
const field = <const Name extends string, Told>(name: Name, answer: Answer<Told>): { readonly [Key in Name]?: Told } =>
  (typeof answer === 'string' ? {} : { [name]: answer.told }) as { readonly [Key in Name]?: Told };

/** Null for what the owner has not heard of. */
const fieldOrNull = <const Name extends string, Told>(name: Name, answer: Answer<Told>): { readonly [Key in Name]?: Told | null } =>
  answer === 'unknown' ? ({ [name]: null } as { readonly [Key in Name]?: null }) : field(name, answer);
