import {
  type AmazonOrder,
  AmazonOrderImported,
  AmazonOrderUpdated,
  type Event,
  InvoiceCanceled,
  InvoiceIssued,
  StockReleased,
  StockReserved,
  StockShort,
} from '@orderbus/contracts';
import { on, type Subscription } from '@orderbus/outbox';
import type { Command } from '../domain/order.ts';
import { buyerVault, type KeepBuyer } from '../store/buyer-vault.ts';
import { orders } from '../store/orders.ts';

/** A snapshot is the order; the buyer in it is for the vault only. */
const observe = {
  key: ({ data }: Event<AmazonOrder>) => data.orderId,
  command: ({ data, aggregateVersion }: Event<AmazonOrder>): Command => ({ type: 'observe', snapshot: data, version: aggregateVersion }),
};

const keepBuyer = {
  key: ({ data }: Event<AmazonOrder>) => data.orderId,
  command: ({ data: { sealedBuyer }, aggregateVersion }: Event<AmazonOrder>): KeepBuyer | undefined =>
    sealedBuyer === undefined ? undefined : { sealed: sealedBuyer, version: aggregateVersion },
};

/** Which fact leads to which command, and for whom. */
export const subscriptions: readonly Subscription[] = [
  on(AmazonOrderImported, 'order.observe', orders, observe),
  on(AmazonOrderUpdated, 'order.observe', orders, observe),

  on(AmazonOrderImported, 'order.keep-buyer', buyerVault, keepBuyer),
  on(AmazonOrderUpdated, 'order.keep-buyer', buyerVault, keepBuyer),

  on(StockReserved, 'order.start', orders, {
    key: ({ data }) => data.orderId,
    command: ({ aggregateVersion }) => ({ type: 'stock-reserved', version: aggregateVersion }),
  }),
  on(StockShort, 'order.block', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data, aggregateVersion }) => ({ type: 'stock-short', missing: data.missing, version: aggregateVersion }),
  }),
  on(StockReleased, 'order.wait', orders, {
    key: ({ data }) => data.orderId,
    command: ({ aggregateVersion }) => ({ type: 'stock-released', version: aggregateVersion }),
  }),

  on(InvoiceIssued, 'order.note-invoice', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data: { number, totalMinor }, aggregateVersion: version }) => ({ type: 'invoice-issued', number, totalMinor, version }),
  }),
  on(InvoiceCanceled, 'order.cancel-invoice', orders, {
    key: ({ data }) => data.orderId,
    command: ({ data: { number, totalMinor }, aggregateVersion: version }) => ({ type: 'invoice-canceled', number, totalMinor, version }),
  }),
];
