import type { Contact } from './contacts.ts';

export interface Letter {
  readonly text: string;
  readonly files: readonly File[];
  readonly from: string;
  readonly until: string;
  readonly documentId: string | undefined;
  readonly linksAreOnTopic: boolean;
}

export const hasLink = (text: string): boolean => /https?:\/\/|www\./i.test(text);

/** What stands in brackets in a template and is to be filled in. */
const blanksIn = (text: string): readonly string[] => text.match(/\[[^\]]+\]/g) ?? [];

export type Fault = 'empty' | 'too-long' | 'number-missing' | 'blanks' | 'link' | 'file-missing' | 'too-many-files' | 'document-missing';

/** What Amazon or we would refuse about it; the first of it. */
export const faultOf = (contact: Contact, letter: Letter): Fault | undefined => textFault(contact, letter) ?? fileFault(contact, letter);

const textFault = ({ text }: Contact, letter: Letter): Fault | undefined => {
  if (!text) return undefined;
  const written = letter.text.trim();
  if (written === '') return 'empty';
  if (written.length > text.longest) return 'too-long';
  if (!written.includes(text.mustContain)) return 'number-missing';
  if (blanksIn(written).length > 0) return 'blanks';
  return hasLink(written) && !letter.linksAreOnTopic ? 'link' : undefined;
};

const fileFault = ({ contact, attachments }: Contact, { files, documentId }: Letter): Fault | undefined => {
  if (attachments && files.length < attachments.least) return 'file-missing';
  if (attachments && files.length > attachments.most) return 'too-many-files';
  return contact === 'invoice' && documentId === undefined ? 'document-missing' : undefined;
};
