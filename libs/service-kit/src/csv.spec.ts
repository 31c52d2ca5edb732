import { expect, test } from '@jest/globals';
import { csvLine, inert } from './csv.ts';

test('a line of a CSV file is quoted where it has to be', () => {
  expect(csvLine(['a', 'b "c"', 'd,e', 'f\r\ng', 7, null, ''])).toBe('a,"b ""c""","d,e","f\r\ng",7,,\r\n');
});

test('no cell is a formula, whatever it begins with', () => {
  for (const text of ['=1+1', '+cmd', '-1', '@SUM(1)', '|calc', '\t=1', ' =1', '\u0000=1', '\r\n=1', '＝1', '＋1', '－1', '＠1'])
    expect(inert(text)).toBe(`'${text}`);
  for (const text of ['', 'Anna', 'a=b', 'x-1', 'MUG-BLUE', '12']) expect(inert(text)).toBe(text);
  // A number is one, also a negative one: it is ours.
  expect(csvLine(['=HYPERLINK("http://127.0.0.1","x")', -5])).toBe(`"'=HYPERLINK(""http://127.0.0.1"",""x"")",-5\r\n`);
});
