import { colors, type Ink, type Paper, set } from './paper.ts';

export interface Column {
  readonly title: string;
  /** Points; the one without takes what is left. */
  readonly width?: number;
  readonly align?: 'left' | 'right';
}

/** What stands in a cell: one below the other. */
export type Cell = readonly { readonly text: string; readonly ink?: Ink }[];

export const cell = (text: string, ink?: Ink): Cell => [{ text, ...(ink === undefined ? {} : { ink }) }];

/** The lines that one piece of a cell may have: no title is longer, and a row never fills a sheet. */
const mostLines = 14;
const gap = 8;

/** Rows under a head, which each following sheet repeats. A row is never torn apart. */
export const drawTable = (paper: Paper, columns: readonly Column[], rows: Iterable<readonly Cell[]>): void => {
  const taken = columns.reduce((sum, { width = 0 }) => sum + width, 0) + gap * (columns.length - 1);
  let x = paper.left;
  const placed = columns.map((column) => {
    const place = { ...column, x, width: column.width ?? paper.width - taken };
    x += place.width + gap;
    return place;
  });
  const head = (): void => {
    paper.box(paper.left - 4, paper.y, paper.width + 8, 17, colors.shade);
    for (const { title, x, width, align = 'left' } of placed)
      paper.write(title, { x, y: paper.y + 3.5, width, most: 1 }, { size: 8, weight: 'bold', align, color: colors.quiet });
    paper.y += 22;
  };
  paper.room(60);
  head();
  paper.repeat(head);
  for (const row of rows) {
    const cells = placed.map(({ x, width, align = 'left' }, index) => ({
      x,
      blocks: (row[index] ?? []).map(({ text, ink }) => set(text, width, { align, ...ink }, mostLines)),
    }));
    const height = Math.max(...cells.map(({ blocks }) => blocks.reduce((sum, block) => sum + block.height, 0)));
    paper.room(height + 10);
    for (const { x, blocks } of cells) blocks.reduce((y, block) => paper.put(block, x, y), paper.y);
    paper.y += height + 5;
    paper.rule();
    paper.y += 5;
  }
  paper.repeat(() => undefined);
};
