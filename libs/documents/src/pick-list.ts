import { finish } from './frame.ts';
import { mannerOf } from './language.ts';
import { colors, openPaper, type Sheet } from './paper.ts';
import { cell, drawTable } from './table.ts';
import { words } from './words.ts';

/** What to fetch from the shelves, for many orders at once, in the order in which one walks. */
export interface PickList {
  readonly country?: string | null | undefined;
  readonly language?: string | null | undefined;
  readonly printedAt: string;
  readonly orders: number;
  readonly lines: readonly PickLine[];
}

export interface PickLine {
  /** Null: nobody has said where it lies. */
  readonly location: string | null;
  readonly sku: string;
  readonly title: string;
  readonly quantity: number;
  readonly orders: readonly { readonly number: string; readonly quantity: number }[];
}

/** Of the orders that want an article. Who sorts more than that by hand needs a list of them, not a cell. */
const mostOrders = 10;

export const layOutPickList = (list: PickList): Sheet[] => {
  const manner = mannerOf(list.country, list.language);
  const word = words[manner.language];
  const paper = openPaper(manner.paper);
  paper.flow(word.pickList, { size: 19, weight: 'bold' });
  const orderText = (order: PickLine['orders'][number]): string => `${order.number} × ${manner.count(order.quantity)}`;
  const rest = (more: number): string[] => (more > 0 ? [`+ ${manner.count(more)}`] : []);
  const units = list.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const summary = [manner.dateTime(list.printedAt), word.orders(manner.count(list.orders)), word.units(manner.count(units))];
  paper.flow(summary.join('   ·   '), { color: colors.quiet });
  paper.y += 10;
  drawTable(
    paper,
    [
      { title: word.location, width: 76 },
      { title: word.quantity, width: 36, align: 'right' },
      { title: word.sku, width: 112 },
      { title: word.article },
      { title: word.order, width: 92 },
      { title: word.picked, width: 38 },
    ],
    list.lines.map(({ location, quantity, sku, title, orders }) => [
      cell(location ?? word.noLocation, location === null ? { color: colors.quiet } : { weight: 'bold', size: 10 }),
      cell(manner.count(quantity), { weight: 'bold', size: 11 }),
      cell(sku),
      cell(title),
      cell([...orders.slice(0, mostOrders).map(orderText), ...rest(orders.length - mostOrders)].join('\n'), { size: 7.5 }),
      cell('□', { size: 12 }),
    ]),
  );
  return finish(paper, manner.dateTime(list.printedAt), undefined);
};
