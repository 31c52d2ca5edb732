import { recipientLines } from './address.ts';
import { drawBarcode } from './barcode.ts';
import type { CreditMemo, Invoice } from './bill-content.ts';
import { drawTotals } from './bill-totals.ts';
import { drawHead, drawParties, finish } from './frame.ts';
import { type Manner, mannerOf } from './language.ts';
import { colors, openPaper, type Sheet } from './paper.ts';
import { cell, drawTable } from './table.ts';
import { words } from './words.ts';

export const layOutInvoice = (invoice: Invoice): Sheet[] => {
  const manner = mannerOf(invoice.country, invoice.language);
  const { invoice: title, total, tip } = words[manner.language];
  return layOut(invoice, manner, title, total, [{ name: tip, minor: invoice.tipMinor }]);
};

export const layOutCreditMemo = (memo: CreditMemo): Sheet[] => {
  const manner = mannerOf(memo.country, memo.language);
  const { creditMemo: title, refundTotal, tip, adjustment, fee } = words[manner.language];
  return layOut(memo, manner, title, refundTotal, [
    { name: tip, minor: memo.tipMinor },
    { name: adjustment, minor: memo.adjustmentRefundMinor },
    { name: fee, minor: -memo.adjustmentFeeMinor },
  ]);
};

const layOut = (
  bill: Invoice | CreditMemo,
  manner: Manner,
  title: string,
  totalName: string,
  extras: readonly { name: string; minor: number }[],
): Sheet[] => {
  const word = words[manner.language];
  const paper = openPaper(manner.paper, bill.seller.footer);
  const money = (minor: number): string => manner.money(minor, bill.currency);
  drawHead(paper, bill.seller, title, manner);
  drawBarcode(paper, bill.orderNumber, paper.left + paper.width, paper.y);
  drawParties(
    paper,
    word.billTo,
    recipientLines(bill.recipient, manner),
    [
      { name: word.number, value: bill.number },
      { name: word.date, value: manner.date(bill.issuedAt) },
      { name: word.channelOrder, value: bill.channelOrderId },
      { name: word.buyerVatId, value: bill.buyerTaxNumber },
    ],
    54,
  );
  if ('canceledAt' in bill && bill.canceledAt) {
    paper.flow(word.canceled(manner.date(bill.canceledAt)), { size: 13, weight: 'bold', color: '#b3261e' });
    paper.y += 10;
  }
  drawTable(
    paper,
    [
      { title: word.quantity, width: 36, align: 'right' },
      { title: word.article },
      { title: word.unitPrice, width: 80, align: 'right' },
      { title: word.amount, width: 88, align: 'right' },
    ],
    bill.lines.map(({ quantity, title: article, sku, asin, amounts }) => [
      cell(manner.count(quantity)),
      [{ text: article }, { text: [`${word.sku} ${sku}`, asin].filter(Boolean).join(' · '), ink: { size: 7.5, color: colors.quiet } }],
      cell(unitPrice(amounts.itemMinor, quantity, money)),
      cell(money(amounts.itemMinor)),
    ]),
  );
  drawTotals(paper, bill, manner, totalName, extras);
  return finish(paper, `${title} ${bill.number}`, bill.seller.footer);
};

/** Only where it is exact: three for ten euros have no price. */
const unitPrice = (itemMinor: number, quantity: number, money: (minor: number) => string): string =>
  quantity > 0 && itemMinor % quantity === 0 ? money(itemMinor / quantity) : '';
