import type { Bill, BillTax, CreditMemo, Invoice } from './bill-content.ts';
import type { Manner } from './language.ts';
import { colors, type Paper } from './paper.ts';
import { cell, drawTable } from './table.ts';
import { type Words, words } from './words.ts';

/** What the lines add up to, and which taxes are in it. */
export const drawTotals = (
  paper: Paper,
  bill: Invoice | CreditMemo,
  manner: Manner,
  totalName: string,
  extras: readonly { name: string; minor: number }[],
): void => {
  const word = words[manner.language];
  const money = (minor: number): string => manner.money(minor, bill.currency);
  const sumOf = (part: Exclude<keyof Bill['lines'][number]['amounts'], 'totalMinor'>): number =>
    bill.lines.reduce((sum, { amounts }) => sum + amounts[part], 0);
  const parts = [
    { name: word.goods, minor: sumOf('itemMinor') },
    ...[
      { name: word.shipping, minor: sumOf('shippingMinor') },
      { name: word.giftWrap, minor: sumOf('giftWrapMinor') },
      { name: word.discount, minor: sumOf('discountMinor') },
      { name: word.other, minor: sumOf('otherMinor') },
      { name: word.tax, minor: sumOf('taxMinor') },
      ...extras,
    ].filter(({ minor }) => minor !== 0),
  ];
  paper.room(parts.length * 16 + 40);
  paper.y += 4;
  for (const { name, minor } of parts) drawSum(paper, name, money(minor), 9, 'regular');
  paper.y += 2;
  paper.box(paper.left + paper.width * 0.5, paper.y, paper.width * 0.5, 1, colors.text);
  paper.y += 6;
  drawSum(paper, totalName, money(bill.totalMinor), 12, 'bold');
  drawTaxes(paper, bill, manner, word, money);
};

const drawSum = (paper: Paper, name: string, amount: string, size: number, weight: 'regular' | 'bold'): void => {
  const { left, width, y } = paper;
  const ends = [
    paper.write(name, { x: left + width * 0.5, y, width: width * 0.24, most: 2 }, { size, weight }),
    paper.write(amount, { x: left + width * 0.74, y, width: width * 0.26, most: 1 }, { size, weight, align: 'right' }),
  ];
  paper.y = Math.max(...ends) + 3;
};

const drawTaxes = (paper: Paper, bill: Invoice | CreditMemo, manner: Manner, word: Words, money: (minor: number) => string): void => {
  if (bill.taxes.length > 0) {
    paper.y += 16;
    drawTable(
      paper,
      [
        { title: word.taxTable },
        { title: word.rate, width: 60, align: 'right' },
        { title: word.net, width: 88, align: 'right' },
        { title: word.tax, width: 88, align: 'right' },
        { title: '', width: 66 },
      ],
      bill.taxes.map((tax) => [
        cell(taxName(tax, word)),
        cell(tax.rate === undefined ? '' : manner.percent(tax.rate)),
        cell(money(tax.baseMinor)),
        cell(money(tax.taxMinor)),
        cell(tax.collectedBy === 'marketplace' ? word.byMarketplace : word.bySeller, { color: colors.quiet }),
      ]),
    );
  }
  const isRefund = 'adjustmentFeeMinor' in bill;
  const notes = [
    ...(bill.taxes.some(({ included }) => included) ? [word.taxIncluded] : []),
    ...(bill.taxes.some(({ collectedBy }) => collectedBy === 'marketplace') ? [word.marketplaceNote] : []),
    ...(isRefund || ('canceledAt' in bill && bill.canceledAt) ? [] : [word.paidInFull]),
  ];
  paper.y += 8;
  for (const note of notes) paper.flow(note, { size: 8, color: colors.quiet });
};

const taxName = ({ kind, included, scheme }: BillTax, word: Words): string => {
  const kinds = { item: word.goods, shipping: word.shipping, 'gift-wrap': word.giftWrap, discount: word.discount, other: word.other };
  return [kinds[kind], included ? `(${word.included})` : '', scheme?.toUpperCase()].filter(Boolean).join(' ');
};
