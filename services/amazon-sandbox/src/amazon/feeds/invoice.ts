import { createHash } from 'node:crypto';
import { AppError, parseMoney } from '@orderbus/kernel';
import type { FeedDocument, WorldFeed } from '../../world/feed.ts';
import { type Marketplace, marketplaceOf } from '../../world/marketplaces.ts';
import type { WorldOrder } from '../../world/order.ts';
import type { World } from '../../world/world.ts';
import type { WriteLedger } from '../../world/write-ledger.ts';
import { postingsOf } from '../finances.ts';
import { grandTotalOf } from '../proceeds.ts';
import type { FlatResult } from './flat-report.ts';

/** The feed with which a seller gives Amazon the invoice of an order, or a credit note. Its document is a PDF. */
export const invoiceFeedType = 'UPLOAD_VAT_INVOICE';

/** What is remembered of a document: not what stands in it. */
interface Filed {
  readonly type: 'Invoice' | 'CreditNote';
  readonly number: string;
  readonly total: number;
  readonly tax: number;
  readonly bytes: number;
  readonly sha256: string;
}

interface Filing {
  readonly world: World;
  readonly ledger: WriteLedger;
  readonly feed: WorldFeed;
  readonly at: number;
}

class NotFiled extends Error {
  readonly code: number;

  constructor(code: number, words: string) {
    super(words);
    this.code = code;
  }
}

/** Takes the document in, or says why not. What came is in the ledger either way. */
export const fileInvoice = (filing: Filing, document: FeedDocument | undefined): FlatResult | undefined => {
  const { ledger, feed, at } = filing;
  const options = optionsOf(feed);
  const entry = { at, operation: feed.feedType, sellerId: feed.sellerId, feedId: feed.feedId, messageId: '1', orderId: options.orderid };
  try {
    ledger.record({ ...entry, effect: 'created', request: filed(filing, options, document) });
    return undefined;
  } catch (error) {
    if (!(error instanceof NotFiled)) throw error;
    ledger.record({ ...entry, effect: 'refused', request: options, reason: error.message });
    return { code: error.code, words: error.message };
  }
};

/** The names count in whatever case, but with their prefix only. */
const optionsOf = ({ options = {} }: WorldFeed): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(options).flatMap(([name, value]) => {
      const [, key] = /^metadata:(\w+)$/i.exec(name) ?? [];
      return key === undefined ? [] : [[key.toLowerCase(), value]];
    }),
  );

const filed = (filing: Filing, options: Record<string, string | undefined>, document: FeedDocument | undefined): Filed => {
  const { orderid, invoicenumber, totalamount, totalvatamount, documenttype = 'Invoice', transactionid } = options;
  if (!orderid || !invoicenumber || !totalamount || !totalvatamount) {
    throw new NotFiled(
      79_513,
      'Please provide metadata:shippingid or metadata:orderid,metadata:invoicenumber,metadata:totalamount,metadata:totalvatamount',
    );
  }
  const about = `shipmentId N/A, orderId ${orderid}`;
  const bytes = Buffer.from(document?.content ?? '', 'base64');
  if (document?.contentType !== 'application/pdf' || bytes.subarray(0, 5).toString('latin1') !== '%PDF-')
    throw new NotFiled(79_503, `Invoice uploaded is not pdf for ${about} and InvoiceNumber ${invoicenumber}`);
  if (documenttype !== 'Invoice' && documenttype !== 'CreditNote')
    throw new NotFiled(79_514, `DocumentType ${documenttype} is not supported`);
  const [order, marketplace] = orderOf(filing, orderid, about);
  const [total, tax] = [totalamount, totalvatamount].map((amount) => minorOf(amount, marketplace, about)) as [number, number];
  refuseTwice(filing, invoicenumber, about);
  refuseAmounts(filing, order, { type: documenttype, total, tax }, about);
  if (transactionid !== undefined && !postingsOf(order).some((posting) => posting.transactionId === transactionid))
    throw new NotFiled(79_516, `TransactionId ${transactionid} does not belong to ${about}`);
  return {
    type: documenttype,
    number: invoicenumber,
    total,
    tax,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
};

const orderOf = ({ world, feed }: Filing, orderId: string, about: string): [WorldOrder, Marketplace] => {
  const order = world.orders.find(orderId);
  const marketplace = order && marketplaceOf(order.marketplaceId);
  if (order?.sellerId !== feed.sellerId || !marketplace || !feed.marketplaceIds.includes(order.marketplaceId))
    throw new NotFiled(79_501, `The order was not found for ${about}`);
  if (marketplace.region !== 'EU') throw new NotFiled(79_517, `Invoices are not uploaded in this marketplace for ${about}`);
  if (order.programs.includes('INVOICE_BY_AMAZON')) throw new NotFiled(79_525, `Amazon will generate invoice for ${about}`);
  return [order, marketplace];
};

const minorOf = (amount: string, { currency }: Marketplace, about: string): number => {
  try {
    return parseMoney(amount, currency).minor;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new NotFiled(79_518, `The amount ${amount} is not valid for ${about}`);
  }
};

const filedBefore = ({ ledger, feed }: Filing, orderId?: string): Filed[] =>
  ledger
    .find({ sellerId: feed.sellerId, operation: invoiceFeedType, effect: 'created', orderId, after: 0, limit: Number.POSITIVE_INFINITY })
    .map(({ request }) => request as Filed);

const refuseTwice = (filing: Filing, number: string, about: string): void => {
  if (filedBefore(filing).some((document) => document.number === number))
    throw new NotFiled(79_519, `InvoiceNumber ${number} has already been used, for ${about}`);
};

/** All invoices of an order together bill no more than was paid, and credit notes take back no more than was billed. */
const refuseAmounts = (
  filing: Filing,
  order: WorldOrder,
  { type, total, tax }: Pick<Filed, 'type' | 'total' | 'tax'>,
  about: string,
): void => {
  const sumOf = (wanted: Filed['type']): number =>
    filedBefore(filing, order.orderId)
      .filter((document) => document.type === wanted)
      .reduce((sum, document) => sum + document.total, 0);
  const left = type === 'Invoice' ? grandTotalOf(order) - sumOf('Invoice') : sumOf('Invoice') - sumOf('CreditNote');
  if (total <= 0 || total > left || tax < 0 || tax > total) throw new NotFiled(79_520, `The total amount does not match for ${about}`);
};
