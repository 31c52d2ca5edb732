import type { ContactKind } from '@orderbus/contracts';
import type { FieldIssue } from '@orderbus/kernel';
import { rulesOf } from './kinds.ts';

/** What is to be said, by whom it is read. */
export interface Content {
  readonly contact: ContactKind;
  readonly text?: string | undefined;
  /** Somebody vouches that links are about what the message is about. */
  readonly linksAreOnTopic?: boolean | undefined;
  readonly files: number;
}

/** Which of Amazon's rules it breaks, each in words that say what to do. They never repeat what was written. */
export const contentIssues = (content: Content, amazonOrderId: string): FieldIssue[] => {
  const { contact, text, files } = content;
  const { text: limits, files: own } = rulesOf(contact);
  return [
    ...(limits && text === undefined ? [issue('text', 'contact.no-text', 'Missing: this is said in your own words')] : []),
    ...(!limits && text !== undefined ? [issue('text', 'contact.takes-no-text', 'Amazon takes no text with this: leave it out')] : []),
    ...(limits && text !== undefined ? textIssues(content, text, amazonOrderId, limits) : []),
    ...fileIssues(files, own),
  ];
};

const textIssues = (
  { linksAreOnTopic }: Content,
  text: string,
  amazonOrderId: string,
  { longest, links }: NonNullable<ReturnType<typeof rulesOf>['text']>,
): FieldIssue[] => {
  const length = [...text].length;
  const found = linksIn(text);
  return [
    ...(text.trim() === '' ? [issue('text', 'contact.no-text', 'Missing: this is said in your own words')] : []),
    ...(length > longest
      ? [issue('text', 'contact.too-long', `Too long: Amazon takes ${longest} characters, these are ${length}`, { longest, length })]
      : []),
    ...(html.test(text) ? [issue('text', 'contact.html', 'HTML is not allowed: write plain text')] : []),
    ...(mailAddress.test(text)
      ? [issue('text', 'contact.mail-address', 'E-mail addresses are not allowed: the buyer answers through Amazon')]
      : []),
    ...(text.includes(amazonOrderId)
      ? []
      : [issue('text', 'contact.no-number', `The order number is missing: write ${amazonOrderId} into the text`, { amazonOrderId })]),
    ...(blank.test(text)
      ? [issue('text', 'contact.blank', 'A blank of the template is not filled in: replace what stands in brackets')]
      : []),
    ...(found.some((link) => !link.startsWith('https://')) ? [issue('text', 'contact.link', 'A link has to begin with https://')] : []),
    ...(found.length > 0 && !linksAreOnTopic
      ? [
          issue(
            'linksAreOnTopic',
            'contact.off-topic',
            `The text has a link: only links about ${links} are allowed. If this is one, say so with true`,
          ),
        ]
      : []),
  ];
};

const fileIssues = (files: number, own: { readonly least: number; readonly most: number } | undefined): FieldIssue[] => {
  if (!own) return files > 0 ? [issue('attachments', 'contact.takes-no-files', 'Amazon takes no files with this: leave them out')] : [];
  if (files < own.least) return [issue('attachments', 'contact.no-file', 'Missing: this hands over at least one file')];
  return files > own.most
    ? [issue('attachments', 'contact.too-many-files', `Too many: Amazon takes ${own.most} files`, { most: own.most })]
    : [];
};

/** The text without the number of the order and without its mail addresses: their dots are no links. */
const linksIn = (text: string): string[] => text.replace(new RegExp(mailAddress, 'gi'), ' ').match(link) ?? [];

const issue = (field: string, code: string, message: string, facts?: FieldIssue['facts']): FieldIssue => ({
  ...{ field, message, code },
  ...(facts && { facts }),
});

const html = /<[a-z!/][^>]*>|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});/i;
const mailAddress = /[^\s@<>"'(),;:]+@[^\s@<>"'(),;:]+\.[a-z]{2,}/i;
const link =
  /(?:[a-z][a-z0-9+.-]{1,9}:\/\/|www\.)[^\s<>"')]+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|info|shop|store|online|io|eu|de|fr|es|it|uk|jp|ca|mx|us|nl|pl|se|au|in|tr|br)\b(?:\/[^\s<>"')]*)?/gi;
const blank = /\[[^\]\n]{1,80}\]/;
