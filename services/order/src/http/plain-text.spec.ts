import { describe, expect, test } from '@jest/globals';
import { plainText } from './plain-text.ts';

describe('the text of a comment', () => {
  test.each([
    ['<b>Call</b> <a href="x">them</a>', 'Call them'],
    ['<<b>script>alert(1)<</b>/script>', 'alert(1)'],
    ['one<!-- hidden > --> two', 'one two'],
    [' 5 < 6 and 7 > 3 ', '5 < 6 and 7 > 3'],
    ['<p></p>', ''],
  ])('%s is %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });
});
