import LineBreaker from 'linebreak';
import { fontOf, type Weight } from './fonts.ts';
import { type Direction, directionOf, type Run, runsOf } from './runs.ts';

export interface Letters {
  readonly size: number;
  readonly weight: Weight;
}

/** A line that fits, ready to be drawn. */
export interface Line {
  readonly runs: readonly (Run & { readonly width: number })[];
  readonly width: number;
  readonly direction: Direction;
}

/** Breaks a text where its language allows, and anywhere where nothing else helps. More lines than `most` end in an ellipsis. */
export const linesOf = (text: string, width: number, letters: Letters, most = Number.POSITIVE_INFINITY): Line[] => {
  const lines = drawable(text)
    .split('\n')
    .flatMap((paragraph) => {
      const direction = directionOf(paragraph);
      const whole = lineOf(paragraph, direction, letters);
      // As a rule it fits, and shaping is what takes the time.
      if (whole.width <= width) return [{ text: paragraph, line: whole }];
      return broken(paragraph, width, letters).map((part) => ({ text: part, line: lineOf(part, direction, letters) }));
    });
  if (lines.length <= most) return lines.map(({ line }) => line);
  const last = lines[most - 1];
  const cut = cutAt(last?.text ?? '', width, letters);
  return [...lines.slice(0, most - 1).map(({ line }) => line), lineOf(cut, last?.line.direction ?? 'ltr', letters)];
};

const lineOf = (text: string, direction: Direction, letters: Letters): Line => {
  const runs = runsOf(text, direction).map((run) => ({ ...run, width: widthOf(run, letters) }));
  return { runs, width: runs.reduce((sum, run) => sum + run.width, 0), direction };
};

/** What has no picture, and would only be shown as a box: controls, marks of direction (they have done their work), variants. */
const drawable = (text: string): string =>
  text
    .normalize('NFC')
    .replaceAll(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ')
    .replaceAll(/(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu, '')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd');

const broken = (paragraph: string, width: number, letters: Letters): string[] => {
  const lines: string[] = [];
  let line = '';
  let taken = 0;
  const take = (piece: string): void => {
    if (line !== '' && taken + measure(piece.trimEnd(), letters) > width) {
      lines.push(line.trimEnd());
      line = '';
      taken = 0;
    }
    line += piece;
    taken += measure(piece, letters);
  };
  for (const piece of piecesOf(paragraph))
    if (measure(piece.trimEnd(), letters) <= width) take(piece);
    else for (const { segment } of new Intl.Segmenter().segment(piece)) take(segment);
  return [...lines, line.trimEnd()];
};

const piecesOf = (paragraph: string): string[] => {
  const pieces: string[] = [];
  const breaker = new LineBreaker(paragraph);
  let start = 0;
  for (let next = breaker.nextBreak(); next !== null; next = breaker.nextBreak()) {
    pieces.push(paragraph.slice(start, next.position));
    start = next.position;
  }
  return pieces;
};

const cutAt = (line: string, width: number, letters: Letters): string => {
  const characters = [...line];
  while (characters.length > 0 && measure(`${characters.join('')}…`, letters) > width) characters.pop();
  return `${characters.join('')}…`;
};

const measure = (text: string, letters: Letters): number => lineOf(text, 'ltr', letters).width;

const widthOf = ({ text, face }: Run, { size, weight }: Letters): number => {
  const font = fontOf(face, weight);
  return (font.layout(text).advanceWidth * size) / font.unitsPerEm;
};
