import { type Recipient, recipientLines } from './address.ts';
import { drawBarcode } from './barcode.ts';
import { drawHead, drawParties, finish, type Seller } from './frame.ts';
import { mannerOf } from './language.ts';
import { colors, openPaper, type Paper, type Sheet } from './paper.ts';
import { cell, drawTable } from './table.ts';
import { type Words, words } from './words.ts';

/** What goes into the parcel with the goods. It may be a gift: there are no prices on it. */
export interface PackingSlip {
  readonly seller: Seller;
  /** Where it goes, ISO 3166. */
  readonly country: string | null;
  /** The seller's wish. */
  readonly language?: string | null | undefined;
  readonly orderNumber: string;
  readonly channelOrderId: string;
  readonly orderedAt: string;
  readonly shipBy?: string | null | undefined;
  readonly recipient: Recipient;
  readonly instruction?: string | undefined;
  readonly lines: readonly SlipLine[];
  readonly parcels: readonly SlipParcel[];
}

export interface SlipLine {
  readonly sku: string;
  readonly title: string;
  readonly asin?: string | undefined;
  readonly quantity: number;
  readonly giftMessage?: string | undefined;
  readonly giftWrap?: string | undefined;
}

export interface SlipParcel {
  readonly carrier?: string | undefined;
  readonly service?: string | undefined;
  readonly trackingNumber?: string | undefined;
}

export const layOutSlip = (slip: PackingSlip): Sheet[] => {
  const manner = mannerOf(slip.country, slip.language);
  const word = words[manner.language];
  const paper = openPaper(manner.paper, slip.seller.footer);
  drawHead(paper, slip.seller, word.packingSlip, manner);
  drawBarcode(paper, slip.orderNumber, paper.left + paper.width, paper.y);
  drawParties(
    paper,
    word.shipTo,
    recipientLines(slip.recipient, manner),
    [
      { name: word.channelOrder, value: slip.channelOrderId },
      { name: word.orderedOn, value: manner.date(slip.orderedAt) },
      { name: word.shipBy, value: slip.shipBy ? manner.dateTime(slip.shipBy) : undefined },
      ...slip.parcels.map((parcel, index) => ({ name: word.parcel(index + 1, slip.parcels.length), value: parcelText(parcel) })),
    ],
    54,
  );
  const columns = [{ title: word.quantity, width: 40, align: 'right' as const }, { title: word.sku, width: 120 }, { title: word.article }];
  drawTable(
    paper,
    columns,
    slip.lines.map(({ quantity, sku, title, asin, giftWrap }) => [
      cell(manner.count(quantity), { weight: 'bold', size: 11 }),
      cell(sku),
      [
        { text: title },
        ...(asin === undefined ? [] : [{ text: asin, ink: { size: 7.5, color: colors.quiet } }]),
        ...(giftWrap === undefined ? [] : [{ text: `${word.gift}: ${giftWrap}`, ink: { size: 8, color: colors.quiet } }]),
      ],
    ]),
  );
  const units = slip.lines.reduce((sum, { quantity }) => sum + quantity, 0);
  paper.room(20);
  paper.flow(word.units(manner.count(units)), { weight: 'bold' });
  for (const message of new Set(slip.lines.flatMap(({ giftMessage }) => giftMessage ?? []))) drawMessage(paper, word.giftMessage, message);
  if (slip.instruction !== undefined) drawMessage(paper, word.instruction, slip.instruction);
  return finish(paper, slip.orderNumber, slip.seller.footer);
};

const drawMessage = (paper: Paper, heading: Words['giftMessage'], message: string): void => {
  paper.room(54);
  paper.y += 16;
  paper.flow(heading, { size: 8, weight: 'bold', color: colors.quiet });
  paper.y += 2;
  paper.flow(message, { size: 11, align: 'natural' });
};

const parcelText = ({ carrier, service, trackingNumber }: SlipParcel): string =>
  [[carrier, service].filter(Boolean).join(' '), trackingNumber].filter(Boolean).join('\n');
