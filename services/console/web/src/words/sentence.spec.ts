import { describe, expect, test } from '@jest/globals';
import { sentenceOf } from './sentence.ts';

const codes: Readonly<Record<string, string>> = {
  'order.unknown': 'Die Bestellung kennt niemand.',
  'line.unknown': 'Keine Position {{line}}.',
  'waits.until': 'Gesendet wird am {{nextAt}}.',
};
const german = {
  sentence: (code: string) => codes[code],
  amazonSays: (words: string) => `Amazon sagt: ${words}`,
  write: (facts: object) => ({ ...facts }),
};

describe('what a service says', () => {
  test('is said in the language of the reader, by its code and its facts', () => {
    expect(sentenceOf({ code: 'line.unknown', words: 'No line 7.', facts: { line: '7' } }, german)).toBe('Keine Position 7.');
  });
  test('is said as it was, where nobody has words for it, or it came without its facts', () => {
    expect(sentenceOf({ code: '18028', words: 'More than was paid.' }, german)).toBe('More than was paid.');
    expect(sentenceOf({ code: 'line.unknown', words: 'No line 7.' }, german)).toBe('No line 7.');
  });
  test('has what Amazon says behind it, as Amazon says it', () => {
    const said = { code: 'order.unknown', words: 'Unknown. Amazon says: No.', facts: { amazonSays: 'No.' } };
    expect(sentenceOf(said, german)).toBe('Die Bestellung kennt niemand. Amazon sagt: No.');
  });
  test('has what was heard last behind it, in the same language', () => {
    const facts = { nextAt: 'Montag', last: 'Unknown. Amazon says: No.', lastCode: 'order.unknown', amazonSays: 'No.' };
    expect(sentenceOf({ code: 'waits.until', words: 'Later.', facts }, german)).toBe(
      'Gesendet wird am Montag. Die Bestellung kennt niemand. Amazon sagt: No.',
    );
  });
});
