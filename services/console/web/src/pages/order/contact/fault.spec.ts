import { describe, expect, test } from '@jest/globals';
import type { Contact } from './contacts.ts';
import { faultOf, type Letter } from './fault.ts';

const number = '113-0482231-9911402';
const question = {
  contact: 'confirm-order-details',
  permitted: true,
  text: { longest: 80, linksAbout: '', mustContain: number },
} as unknown as Contact;
const warranty = { contact: 'warranty', permitted: true, attachments: { least: 1, most: 2 } } as unknown as Contact;
const letter = (parts: Partial<Letter>): Letter => ({
  ...{ text: `About ${number}: which size?`, files: [], from: '', until: '', documentId: undefined, linksAreOnTopic: false },
  ...parts,
});
const files = (count: number): File[] => Array.from({ length: count }, () => new File([''], 'a.pdf'));

describe('a message to a buyer', () => {
  test('is sent when it says something about the order, and has nothing left to fill in', () => {
    expect(faultOf(question, letter({}))).toBeUndefined();
    expect(faultOf(question, letter({ text: ' ' }))).toBe('empty');
    expect(faultOf(question, letter({ text: `${number} ${'x'.repeat(80)}` }))).toBe('too-long');
    expect(faultOf(question, letter({ text: 'Which size?' }))).toBe('number-missing');
    expect(faultOf(question, letter({ text: `${number}: [question]` }))).toBe('blanks');
  });

  test('has links only when somebody vouches for them', () => {
    const text = `${number}: see https://shop.example`;
    expect(faultOf(question, letter({ text }))).toBe('link');
    expect(faultOf(question, letter({ text, linksAreOnTopic: true }))).toBeUndefined();
  });

  test('has as many files as Amazon takes, and the invoice that it is about', () => {
    expect(faultOf(warranty, letter({}))).toBe('file-missing');
    expect(faultOf(warranty, letter({ files: files(2) }))).toBeUndefined();
    expect(faultOf(warranty, letter({ files: files(3) }))).toBe('too-many-files');
    const invoice = { contact: 'invoice', permitted: true } as unknown as Contact;
    expect(faultOf(invoice, letter({}))).toBe('document-missing');
    expect(faultOf(invoice, letter({ documentId: 'i-1' }))).toBeUndefined();
  });
});
