import type { AmazonRefusal } from '@orderbus/contracts';
import { AppError } from '@orderbus/kernel';
import { codes } from '../amazon/amazon-error.ts';
import { outcomeOf, retryAt } from '../amazon/certainty.ts';
import type { Permit } from '../amazon/request.ts';
import type { Command, Step } from '../domain/command.ts';
import { type CarriedFile, contactBody } from '../domain/contact/contact-body.ts';
import { showsItself } from '../domain/contact/contact-kind.ts';
import { objectionToLanguage } from '../domain/contact/languages.ts';
import { type ContactOrder, notOffered, objectionTo } from '../domain/contact/permission.ts';
import type { ContactRequest } from '../domain/write-request.ts';
import type { Letter } from '../store/contact-letters.ts';
import { type ContactApi, languageOf, offerOf } from './ask-about-contact.ts';
import { refusalOf } from './refusal.ts';
import { afterFailure } from './send-command.ts';

/** Where the words and files come from, at the moment at which they are needed. */
export interface ContactSource {
  orderOf(orderId: string): Promise<ContactOrder | undefined>;
  letterOf(commandId: string): Promise<Letter | undefined>;
  fileOf(attachmentId: string): Promise<Uint8Array | undefined>;
  fetchInvoice(documentId: string, signal: AbortSignal): Promise<Uint8Array>;
}

export interface ContactSending {
  readonly api: ContactApi;
  readonly contacts: ContactSource;
  readonly permit: Permit;
  readonly now: () => Date;
  readonly firstLookMs: number;
}

/** Asks once more whether it may be said, and says it. It does not throw: whatever it does not understand is unknown. */
export const sendContact = async (command: Command, sending: ContactSending, signal: AbortSignal): Promise<Step> => {
  const { attempts: attempt } = command;
  const request = command.request as ContactRequest;
  let ready: Ready | Refused;
  try {
    ready = await prepare(command, request, sending, signal);
  } catch (error) {
    return beforeSending(error, attempt, sending.now());
  }
  if ('refusal' in ready) return { type: 'refuse', refusal: ready.refusal, attempt };
  try {
    await sending.api.sendContact(request.contact, command, ready, signal, sending.permit);
    return { type: 'succeed', attempt };
  } catch (error) {
    return isAboutOrder(error) ? notForThisOrder(error, command, request) : afterFailure(error, command, sending);
  }
};

interface Ready {
  readonly body: object | undefined;
  readonly secret: string;
}

interface Refused {
  readonly refusal: AmazonRefusal;
}

const prepare = async (
  command: Command,
  request: ContactRequest,
  sending: ContactSending,
  signal: AbortSignal,
): Promise<Ready | Refused> => {
  const { api, contacts, now } = sending;
  const order = await contacts.orderOf(command.orderId);
  if (!order) return refused('order.unknown', 'The order is not known here any more.');
  const offer = await offerOf(api, request.contact, order, signal);
  const refusal = objectionTo(request.contact, order, offer, { now: now(), except: command.id });
  if (refusal) return { refusal };

  const letter = await contacts.letterOf(command.id);
  if (!letter) return refused('contact.words-forgotten', 'What was to be said has been forgotten: ask for it anew.');
  if (letter.text !== undefined && request.language !== undefined) {
    const other = objectionToLanguage(request.language, await languageOf(api, order, signal));
    if (other) return { refusal: other };
  }
  const files = await filesOf(request, letter, command.amazonOrderId, contacts, signal);
  if (!files) return refused('contact.files-forgotten', 'A file that was to go along has been forgotten: ask for it anew.');
  const carried: CarriedFile[] = [];
  for (const file of files) carried.push(await carry(api, request, command, file, signal));
  // The order's number is in every text, and Amazon may well name it.
  const secret = [letter.text?.replaceAll(command.amazonOrderId, ' ') ?? '', ...letter.files.map(({ fileName }) => fileName)].join('\n');
  return { body: contactBody(request, letter.text, carried), secret };
};

interface NamedFile {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** Nothing when one of them is gone. */
const filesOf = async (
  { documentId }: ContactRequest,
  { files }: Letter,
  amazonOrderId: string,
  contacts: ContactSource,
  signal: AbortSignal,
): Promise<NamedFile[] | undefined> => {
  if (documentId !== undefined)
    return [{ fileName: `invoice-${amazonOrderId}.pdf`, content: await contacts.fetchInvoice(documentId, signal) }];
  const found: NamedFile[] = [];
  for (const { attachmentId, fileName } of files) {
    const content = await contacts.fileOf(attachmentId);
    if (!content) return undefined;
    found.push({ fileName, content });
  }
  return found;
};

const carry = async (
  api: ContactApi,
  { contact }: ContactRequest,
  command: Command,
  { fileName, content }: NamedFile,
  signal: AbortSignal,
): Promise<CarriedFile> => {
  const destination = await api.createUploadDestination(contact, command, content, signal);
  await api.uploadAttachment(destination, content, signal);
  return { uploadDestinationId: destination.uploadDestinationId, fileName };
};

const refused = (code: string, words: string): Refused => ({ refusal: { code, words } });

/** The buyer has heard nothing yet: what did not work is done again, unless Amazon says no to it. */
const beforeSending = (error: unknown, attempt: number, now: Date): Step => {
  const why = refusalOf(error);
  if (outcomeOf(error) === 'refused') return { type: 'refuse', refusal: why, attempt };
  return { type: 'defer', why, nextAttemptAt: retryAt(error, now).toISOString(), attempt };
};

/** Amazon says with 403, as if a role were missing, that this order does not allow it. */
const isAboutOrder = (error: unknown): error is AppError =>
  error instanceof AppError && error.code === codes.denied && aboutOrder.test(String(error.details.amazonSays));

const aboutOrder = /template combination|solicitation is not available|5-30 day range/i;

/** What is offered once, and was sent before without an answer, has arrived then. */
const notForThisOrder = (error: AppError, { readBack, attempts: attempt }: Command, { contact }: ContactRequest): Step => {
  const { requestId, facts } = refusalOf(error);
  const words = `Amazon does not allow this for the order now. Amazon says: ${error.details.amazonSays}`;
  if (showsItself(contact) && readBack?.result === 'absent' && !/5-30 day range/i.test(words))
    return { type: 'succeed', code: 'shown.review-taken', words: 'Amazon takes no second request: the first one has arrived.', attempt };
  return { type: 'refuse', refusal: { code: notOffered, words, ...(facts && { facts }), ...(requestId && { requestId }) }, attempt };
};
