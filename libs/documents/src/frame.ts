import type { Manner } from './language.ts';
import { colors, footInk, footShare, type Paper, type Sheet } from './paper.ts';
import { words } from './words.ts';

/** Who sends a document, as he wants to be named on it. */
export interface Seller {
  readonly name: string;
  readonly address: readonly string[];
  readonly vatId?: string | undefined;
  readonly footer?: string | undefined;
}

export interface Fact {
  readonly name: string;
  readonly value: string | undefined;
}

/** The top of the first sheet: who sends it, and what it is. */
export const drawHead = (paper: Paper, seller: Seller, title: string, manner: Manner): void => {
  const { left, width } = paper;
  const half = width / 2;
  const ends = [
    paper.write(title, { x: left, y: paper.y, width: half, most: 2 }, { size: 19, weight: 'bold' }),
    [seller.name, ...seller.address, seller.vatId ? `${words[manner.language].vatId} ${seller.vatId}` : '']
      .filter((line) => line.trim() !== '')
      .reduce((y, line, index) => {
        const ink =
          index === 0 ? ({ weight: 'bold', align: 'right' } as const) : ({ size: 8, align: 'right', color: colors.quiet } as const);
        return paper.write(line, { x: left + half, y, width: half, most: 3 }, ink);
      }, paper.y + 3),
  ];
  paper.y = Math.max(...ends) + 12;
  paper.rule();
  paper.y += 14;
};

/** An address at the left, facts at the right. */
export const drawParties = (paper: Paper, heading: string, address: readonly string[], facts: readonly Fact[], below = 0): void => {
  const { left, width } = paper;
  const top = paper.y;
  const addressWidth = width * 0.5;
  const underHeading = paper.write(
    heading,
    { x: left, y: top, width: addressWidth, most: 1 },
    { size: 8, weight: 'bold', color: colors.quiet },
  );
  const addressEnd = address.reduce(
    (y, line) => paper.write(line, { x: left, y, width: addressWidth, most: 3 }, { size: 11 }),
    underHeading + 3,
  );
  const factsEnd = facts.reduce((y, { name, value }) => {
    if (value === undefined || value === '') return y;
    const x = left + width * 0.55;
    const ends = [
      paper.write(name, { x, y, width: width * 0.19, most: 2 }, { size: 8.5, color: colors.quiet }),
      paper.write(value, { x: left + width * 0.74, y, width: width * 0.26, most: 3 }, { size: 8.5, align: 'right' }),
    ];
    return Math.max(...ends) + 2;
  }, top + below);
  paper.y = Math.max(addressEnd, factsEnd) + 18;
};

/** Ends the document: on each sheet the seller's footer, whose it is, and which of how many. */
export const finish = (paper: Paper, name: string, footer: string | undefined): Sheet[] =>
  paper.finish((sheet, of) => {
    const { left, width, y } = paper;
    paper.rule();
    paper.write(footer ?? '', { x: left, y: y + 6, width: width * footShare }, footInk);
    const right = { x: left + width * 0.64, width: width * 0.36, most: 1 };
    paper.write(`${name}   ${sheet}/${of}`, { ...right, y: y + 6 }, { ...footInk, align: 'right' });
  });
