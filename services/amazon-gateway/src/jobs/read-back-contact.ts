import type { Command, Step } from '../domain/command.ts';
import { showsItself } from '../domain/contact/contact-kind.ts';
import { objectionTo } from '../domain/contact/permission.ts';
import { tellingOf } from '../domain/told.ts';
import type { ContactRequest } from '../domain/write-request.ts';
import { type ContactApi, offerOf } from './ask-about-contact.ts';
import { pauseAfterMs } from './read-back-command.ts';
import type { ContactSource } from './send-contact.ts';

interface Looking {
  readonly api: ContactApi;
  readonly contacts: ContactSource;
  readonly now: () => Date;
}

/**
 * Whether something has reached the buyer of which nobody heard. Amazon shows no message that was sent, so only a person can tell. A request
 * for a review is offered once: when it is offered no more, and nothing else explains that, it has arrived.
 * @throws AppError when Amazon cannot be asked.
 */
export const lookAtContact = async (command: Command, { api, contacts, now }: Looking, signal: AbortSignal): Promise<Step> => {
  const { contact } = command.request as ContactRequest;
  const order = showsItself(contact) ? await contacts.orderOf(command.orderId) : undefined;
  if (!order) return { type: 'doubt', code: 'shown.no-messages', words: lookYourself };
  const offer = await offerOf(api, contact, order, signal);
  if (offer.includes(contact)) {
    const nextAttemptAt = new Date(now().getTime() + pauseAfterMs(command.attempts)).toISOString();
    const told = { code: 'shown.still-offered', words: 'Amazon still offers it: it has not arrived, and is sent again.' };
    return { type: 'absent', ...told, nextAttemptAt };
  }
  const otherReason = objectionTo(contact, order, [contact], { now: now(), except: command.id });
  if (otherReason) return { type: 'doubt', ...tellingOf(otherReason) };
  return { type: 'found', code: 'shown.offered-no-more', words: 'Amazon offers it no more: it has arrived.' };
};

const lookYourself =
  'Amazon was given the message and never answered, and it shows no messages that were sent. Look into Seller Central, under Messages, whether the buyer has it; then settle this as done, or have it sent.';
