import encode from 'jsbarcode';
import { colors, type Paper } from './paper.ts';

/** A text as Code 128, one character for each narrowest bar: `1` is black. Nothing for what Code 128 does not have. */
const code128 = (text: string): string => {
  const target: { encodings?: readonly { readonly data: string }[] } = {};
  try {
    encode(target as never, text, { format: 'CODE128' });
  } catch {
    return '';
  }
  return target.encodings?.map(({ data }) => data).join('') ?? '';
};

/** Draws it, its right end at `right`; the paper beside it is the quiet zone. The text stands below it for those who have no scanner. */
export const drawBarcode = (paper: Paper, text: string, right: number, y: number): void => {
  const modules = code128(text);
  // A narrowest bar of a third of a millimetre: office printers and cheap scanners agree on it. Long texts get narrower ones.
  const width = Math.min(0.94, 200 / modules.length);
  const left = right - modules.length * width;
  for (const { index, 0: bar } of modules.matchAll(/1+/g)) paper.box(left + index * width, y, bar.length * width, 30, '#000000');
  paper.write(text, { x: right - 200, y: y + 33, width: 200, most: 1 }, { size: 8, align: 'right', color: colors.quiet });
};
