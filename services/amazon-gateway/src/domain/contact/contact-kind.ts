import { AmazonContactRefused, AmazonContactSent, type ContactKind } from '@orderbus/contracts';
import type { Command } from '../command.ts';
import type { WriteKind } from '../write-kind.ts';
import type { ContactData, ContactRequest } from '../write-request.ts';
import { isProactive } from './kinds.ts';
import { objectionOfOthers, type Said } from './permission.ts';

/**
 * Something that is said to a buyer, as the ledger sees it: without its text. Whether Amazon allows it was asked before, and is asked again
 * before it is sent; here is decided what only the ledger can decide, that an order gets no second one.
 */
export const contactKind: WriteKind<ContactData, ContactRequest> = {
  naturalKey: ({ contactId }) => contactId,
  subject: ({ orderId, contactId, contact }) => (isProactive(contact) ? `contact:${orderId}` : `contact:${contactId}`),
  check: ({ contact }, { earlier }) => {
    const objection = objectionOfOthers(contact, saidAmong(earlier));
    return objection ? { verdict: 'nothing', why: objection.words } : { verdict: 'send' };
  },
  request: (data) => ({ kind: 'contact', ...data }),
  superseded: ({ contact, contactId }, { earlier }) =>
    objectionOfOthers(contact, saidAmong(earlier.filter(({ request }) => request.kind !== 'contact' || request.contactId !== contactId)))
      ?.words,
  confirmed: ({ contactId, contact }, { orderId, amazonOrderId }, sentAt) =>
    AmazonContactSent.of({ orderId, amazonOrderId, contactId, contact, sentAt }),
  rejected: ({ contactId, contact }, { orderId, amazonOrderId }, refusal) =>
    AmazonContactRefused.of({ orderId, amazonOrderId, contactId, contact, refusal }),
};

/** What of it was said to the buyer, or may be. */
export const saidAmong = (commands: readonly Pick<Command, 'id' | 'request' | 'state'>[]): Said[] =>
  commands.flatMap(({ id, request, state }) => (request.kind === 'contact' ? [{ id, contact: request.contact, state }] : []));

/** Amazon's list of what it offers shows when this has arrived: it is offered once. Of other messages nothing is ever shown. */
export const showsItself = (contact: ContactKind): boolean => contact === 'request-review';
