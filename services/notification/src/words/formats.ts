/** What a part of a template becomes. */
export type Format = 'title' | 'text' | 'html';

/** What is put into a template stays what it is: a line of text never becomes two, or markup. */
export const escaped: Readonly<Record<Format, (value: string) => string>> = {
  title: (value) => oneLine(value, longestValue),
  text: (value) => oneLine(value, longestValue),
  html: (value) => oneLine(value, longestValue).replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`),
};

/** Stands for a blank line of a text template, which is one in the text. Lines with nothing but tags leave none. */
export const blankLine = '\u0001';

/** The last touch to what was filled. */
export const tidy: Readonly<Record<Format, (filled: string) => string>> = {
  title: (filled) => oneLine(filled, 200),
  text: (filled) =>
    filled
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => (line === blankLine ? '' : line))
      .filter((line, n, lines) => line !== '' || (n > 0 && lines[n - 1] !== ''))
      .join('\n')
      .trimEnd(),
  html: (filled) => filled.trim(),
};

/** A text that becomes a part of another one. */
export const embedded = (text: string): string => text.replace(/^$/gm, blankLine);

/** Nobody reads more of a single value. */
const longestValue = 500;

/** Control and formatting characters become spaces: nothing can begin a header, a line or a log entry of its own. */
const oneLine = (text: string, max: number): string => {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > max ? `${line.slice(0, max - 1)}…` : line;
};
