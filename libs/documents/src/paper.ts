import type { Weight } from './text/fonts.ts';
import { type Letters, type Line, linesOf } from './text/lines.ts';

export type PaperSize = 'A4' | 'Letter';

/** Points: 72 to the inch. */
const sizes = { A4: { width: 595.28, height: 841.89 }, Letter: { width: 612, height: 792 } } as const satisfies Record<PaperSize, object>;
const margin = { side: 48, top: 42 } as const;

export const footInk = { size: 7.5, color: '#5f6368' } as const satisfies Ink;

/** How wide a seller's footer may be: the number of the sheet stands beside it. */
export const footShare = 0.62;

export interface Ink {
  readonly size?: number;
  readonly weight?: Weight;
  readonly color?: string;
  /** Default: left. `natural`: where the paragraph begins that it belongs to. */
  readonly align?: 'left' | 'right' | 'center' | 'natural';
}

/** One thing on a sheet. `y` of a text is its baseline. */
export type Mark =
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly line: Line;
      readonly letters: Letters;
      readonly color: string;
    }
  | {
      readonly kind: 'box';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly color: string;
    };

export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** More lines end in an ellipsis. */
  readonly most?: number;
}

/** The sheets of one document while they are written, from top to bottom. */
export interface Paper {
  readonly left: number;
  readonly width: number;
  /** Where it goes on. */
  y: number;
  /** Puts a text at any place, and says where it ends. */
  put(block: Block, x: number, y: number): number;
  /** Sets and puts. */
  write(text: string, box: Box, ink?: Ink): number;
  /** Writes at the place where it goes on, over sheets if need be. */
  flow(text: string, ink?: Ink): void;
  box(x: number, y: number, width: number, height: number, color: string): void;
  rule(color?: string): void;
  /** Begins a new sheet if less than this is left on this one. */
  room(height: number): void;
  /** What each following sheet begins with. */
  repeat(head: () => void): void;
  /** Ends the document: each sheet gets its foot. */
  finish(foot: (sheet: number, of: number) => void): Sheet[];
}

/** A text that is broken into lines, and still has no place. */
export interface Block {
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
  readonly letters: Letters;
  readonly color: string;
  readonly align: NonNullable<Ink['align']>;
}

export const colors = { text: '#1a1a1a', quiet: '#5f6368', line: '#c9ccd1', shade: '#f3f4f6' } as const;

const leading = 1.35;

export const set = (text: string, width: number, ink: Ink = {}, most?: number): Block => {
  const { size = 9, weight = 'regular', color = colors.text, align = 'left' } = ink;
  const letters = { size, weight };
  const lines = linesOf(text, width, letters, most);
  return { lines, width, height: lines.length * size * leading, letters, color, align };
};

/** `footer`: what the seller wants at the foot of each sheet, for which room is left. */
export const openPaper = (size: PaperSize, footer = ''): Paper => {
  const { width: fullWidth, height } = sizes[size];
  const footHeight = set(footer, (fullWidth - 2 * margin.side) * footShare, footInk).height;
  const bottom = height - 52 - Math.max(10, footHeight);
  const sheets: Mark[][] = [[]];
  let current = 0;
  let head = (): void => undefined;
  const put = (mark: Mark): void => void sheets[current]?.push(mark);
  const paper: Paper = {
    left: margin.side,
    width: fullWidth - 2 * margin.side,
    y: margin.top,
    put({ lines, width, letters, color, align }, x, y) {
      let top = y;
      for (const line of lines) {
        put({ kind: 'text', x: x + (width - line.width) * shareBefore(align, line), y: top + letters.size, line, letters, color });
        top += letters.size * leading;
      }
      return top;
    },
    write: (text, { x, y, width, most }, ink) => paper.put(set(text, width, ink, most), x, y),
    flow(text, ink) {
      const block = set(text, paper.width, ink);
      for (const line of block.lines) {
        paper.room(block.letters.size * leading);
        paper.y = paper.put({ ...block, lines: [line] }, paper.left, paper.y);
      }
    },
    box: (x, y, width, boxHeight, color) => put({ kind: 'box', x, y, width, height: boxHeight, color }),
    rule: (color = colors.line) => paper.box(paper.left, paper.y, paper.width, 0.6, color),
    room(needed) {
      if (paper.y + needed <= bottom) return;
      current = sheets.push([]) - 1;
      paper.y = margin.top;
      head();
    },
    repeat(next) {
      head = next;
    },
    finish(foot) {
      for (current = 0; current < sheets.length; current++) {
        paper.y = bottom + 14;
        foot(current + 1, sheets.length);
      }
      return sheets.map((marks) => ({ width: fullWidth, height, marks }));
    },
  };
  return paper;
};

/** How much of the free space of a line stands before it. */
const shareBefore = (align: NonNullable<Ink['align']>, { direction }: Line): number => {
  if (align === 'natural') return direction === 'rtl' ? 1 : 0;
  return { left: 0, center: 0.5, right: 1 }[align];
};
