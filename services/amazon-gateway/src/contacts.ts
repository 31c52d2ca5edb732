import { createHash } from 'node:crypto';
import type { ContactKind } from '@orderbus/contracts';
import { AppError, type FieldIssue, newId, orderIdOf } from '@orderbus/kernel';
import { execute, type Outcome, orThrow, type Target } from '@orderbus/outbox';
import { context, invalidRequest, type KeyRing, type ServiceKit } from '@orderbus/service-kit';
import type { Step } from './domain/command.ts';
import { contentIssues } from './domain/contact/content-rules.ts';
import { type BuyerLanguage, objectionToLanguage } from './domain/contact/languages.ts';
import { type ContactOrder, type Offer, objectionTo } from './domain/contact/permission.ts';
import { commandIdOf } from './domain/decide-command.ts';
import type { ContactData } from './domain/write-request.ts';
import { languageOf, offerOf, orWhyNot, usualLanguage } from './jobs/ask-about-contact.ts';
import { findCommand, type StandingCommand } from './store/command-list.ts';
import { attachmentsAmong, keepAttachment } from './store/contact-attachments.ts';
import { contactRequests, findLetter, type Letter } from './store/contact-letters.ts';
import { contactOrderOf } from './store/contact-order.ts';
import type { ConnectedStore, Stores } from './stores.ts';

/** What somebody wants to be said to the buyer of an order. */
interface ContactWish {
  readonly contact: ContactKind;
  readonly text?: string | undefined;
  readonly language?: string | undefined;
  readonly linksAreOnTopic?: boolean | undefined;
  readonly attachments?: Letter['files'] | undefined;
  readonly coverage?: ContactData['coverage'] | undefined;
  readonly documentId?: string | undefined;
}

/** What may be said to the buyer of an order now, as Amazon offers it. */
export interface Offers extends BuyerLanguage {
  readonly order: ContactOrder;
  readonly offerFor: (contact: ContactKind) => Offer;
}

export interface Contacts {
  /** @throws AppError `order.unknown` */
  order(orderId: string): Promise<ContactOrder>;
  /** Asks Amazon. What Amazon does not answer is named, and does not stand in the way of the rest. */
  offers(orderId: string, signal: AbortSignal): Promise<Offers>;
  /**
   * Takes a wish into the ledger, once Amazon offers it. The same wish again is the same command: one that has failed is sent again.
   * @throws AppError `request.invalid` with each rule that it breaks, `contact.*` when it may not be said, or why Amazon could not be asked.
   */
  ask(orderId: string, wish: ContactWish, by: string, signal: AbortSignal): Promise<StandingCommand>;
  /** Keeps a file for a message. The same file is the same attachment. */
  attach(orderId: string, file: Buffer, mediaType: string): Promise<string>;
  /** What is, or was, to be said; nothing when it has been forgotten. */
  letter(commandId: string): Promise<Letter | undefined>;
}

export interface ContactTools {
  readonly sealer: KeyRing;
  readonly stores: Stores;
  readonly ledger: Target<Step>;
}

export const contactDesk = ({ database, execution, clock }: ServiceKit, { sealer, stores, ledger }: ContactTools): Contacts => {
  const requests = contactRequests(ledger, sealer);
  const orderOf = async (orderId: string): Promise<ContactOrder> => {
    const order = await contactOrderOf(database, orderId);
    if (!order) throw new AppError('not-found', 'order.unknown', { orderId });
    return order;
  };

  /** @throws AppError `request.invalid` */
  const check = async (order: ContactOrder, wish: ContactWish): Promise<void> => {
    const { attachments = [] } = wish;
    const kept = await attachmentsAmong(
      database,
      order.orderId,
      attachments.map(({ attachmentId }) => attachmentId),
    );
    const issues = [
      ...contentIssues({ ...wish, files: attachments.length }, order.amazonOrderId),
      ...besides(wish),
      ...attachments.flatMap(({ attachmentId }, n) =>
        kept.has(attachmentId)
          ? []
          : [
              {
                field: `attachments.${n}`,
                message: 'Unknown: it was not uploaded for this order, or is forgotten',
                code: 'contact.unknown-file',
              },
            ],
      ),
    ];
    if (issues.length > 0) throw invalidRequest(issues);
  };

  /** @throws AppError when it may not be said now */
  const demandOffer = async (
    order: ContactOrder,
    { contact, text, language }: ContactWish,
    api: ConnectedStore['api'],
    signal: AbortSignal,
  ) => {
    const offer = await offerOf(api, contact, order, signal);
    const read = text === undefined ? undefined : await languageOf(api, order, signal);
    const objection = objectionTo(contact, order, offer, { now: clock.now() }) ?? (read && language && objectionToLanguage(language, read));
    if (objection) throw new AppError('conflict', objection.code, { orderId: order.orderId, why: objection.words });
  };

  const take = async <Wanted>(target: Target<Wanted>, key: string, command: Wanted, tenant: string): Promise<Outcome> => {
    const cause = { tenant, correlationId: context().correlationId ?? newId() };
    const [outcome] = await execute(execution, target, [{ key, command, cause }]);
    return outcome as Outcome;
  };

  return {
    order: orderOf,
    offers: async (orderId, signal) => {
      const order = await orderOf(orderId);
      const { store, api } = await stores.find(order.tenant);
      if (store.status === 'paused') return { order, ...usualLanguage(order), offerFor: () => paused };
      const [messages, solicitations, read] = await Promise.all([
        orWhyNot(api.getMessagingActions(order, signal)),
        orWhyNot(api.getSolicitationActions(order, signal)),
        languageOf(api, order, signal).catch(() => usualLanguage(order)),
      ]);
      return { order, ...read, offerFor: (contact) => (contact === 'request-review' ? solicitations : messages) };
    },
    ask: async (orderId, wish, by, signal) => {
      const order = await orderOf(orderId);
      const { store, api } = await stores.find(order.tenant);
      if (store.status === 'paused') throw new AppError('conflict', paused.code, { storeId: store.id, why: paused.words });
      await check(order, wish);
      const data = dataOf(order, wish, by, sealer);
      const id = commandIdOf(order.tenant, { kind: 'contact', data });
      const before = await findCommand(database, id);
      if (before && before.state !== 'failed') return before;

      await demandOffer(order, wish, api, signal);
      const letter = { ...(wish.text !== undefined && { text: wish.text }), files: wish.attachments ?? [] };
      const outcome = await take(requests, id, { data, letter }, order.tenant);
      if (before) orThrow(await take(ledger, id, { type: 'resend', by }, order.tenant), 'contact.once-per-order', { id });
      const after = await findCommand(database, id);
      if (after) return after;
      throw new AppError('conflict', 'contact.once-per-order', { orderId, why: 'detail' in outcome ? (outcome.detail ?? '') : '' });
    },
    attach: async (orderId, file, mediaType) => {
      const { tenant } = await orderOf(orderId);
      const id = orderIdOf(tenant, `attachment:${orderId}:${sealer.fingerprint(createHash('sha256').update(file).digest('base64'))}`);
      await keepAttachment(database, sealer, { id, tenant, orderId, mediaType, file }, clock.now());
      return id;
    },
    letter: (commandId) => findLetter(database, sealer, commandId),
  };
};

const paused = { code: 'store.paused', words: 'The store is paused: nothing is asked of Amazon, and nothing is sent.' };

/** What belongs to some kinds only. */
const besides = ({ contact, text, language, coverage, documentId }: ContactWish): FieldIssue[] => [
  ...(text !== undefined && language === undefined
    ? [{ field: 'language', message: 'Missing: in which language is the text written?', code: 'contact.no-language' }]
    : []),
  ...(coverage !== undefined && contact !== 'warranty'
    ? [{ field: 'coverage', message: 'Only a warranty covers a time', code: 'contact.covers-no-time' }]
    : []),
  ...(contact === 'invoice' && documentId === undefined
    ? [{ field: 'documentId', message: 'Missing: which invoice?', code: 'contact.no-invoice' }]
    : []),
  ...(contact !== 'invoice' && documentId !== undefined
    ? [{ field: 'documentId', message: 'Only an invoice is a document of billing', code: 'contact.takes-no-document' }]
    : []),
];

/** All that the ledger is to know: nothing of what is said but a fingerprint. */
const dataOf = (order: ContactOrder, wish: ContactWish, askedBy: string, { fingerprint }: KeyRing): ContactData => {
  const { contact, text, language, linksAreOnTopic, attachments = [], coverage, documentId } = wish;
  const { orderId, tenant } = order;
  const content = fingerprint(JSON.stringify([orderId, contact, text, attachments, coverage, documentId]));
  return {
    orderId,
    contactId: orderIdOf(tenant, `${contact}:${content}`),
    contact,
    ...(language !== undefined && { language }),
    ...(linksAreOnTopic && { linksAreOnTopic }),
    ...(coverage && { coverage }),
    ...(documentId !== undefined && { documentId }),
    files: attachments.length,
    askedBy,
  };
};
