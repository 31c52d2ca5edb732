import { Currency } from '@orderbus/contracts';
import { z } from 'zod';
import { entryKinds } from '../domain/books.ts';
import { accounts, chart } from '../domain/chart-of-accounts.ts';
import type { AccountBalance, PostedEntry } from '../store/journal-queries.ts';

const account = {
  account: z.enum(accounts),
  code: z.string(),
  name: z.string(),
};

export const EntryView = z.object({
  entryId: z.uuid(),
  tenant: z.string(),
  shop: z.string().optional(),
  orderId: z.uuid(),
  documentId: z.uuid(),
  documentNumber: z.string(),
  kind: z.enum(entryKinds),
  currency: Currency,
  at: z.iso.datetime(),
  lines: z.array(z.object({ ...account, debitMinor: z.int(), creditMinor: z.int() })).describe('As much debit as credit'),
});

const balance = {
  currency: Currency,
  debitMinor: z.int(),
  creditMinor: z.int(),
};

export const BalancesView = z.object({
  balances: z.array(
    z.object({
      ...account,
      type: z.enum(['asset', 'liability', 'revenue', 'contra-revenue']),
      ...balance,
      balanceMinor: z.int().describe('On the side on which the account grows'),
    }),
  ),
  totals: z.array(z.object(balance)).describe('Of each currency; debits are credits'),
});

export const BooksView = z.object({
  orderId: z.uuid(),
  entries: z.array(EntryView),
  ...BalancesView.shape,
  receivable: z
    .array(z.object({ currency: Currency, minor: z.int() }))
    .describe('What Amazon and the carrier owe for this order, before fees: invoices less what was given back and what Amazon withholds'),
});

export const entryView = ({
  entryId,
  tenant,
  shop,
  orderId,
  documentId,
  documentNumber,
  kind,
  currency,
  at,
  lines,
}: PostedEntry): z.output<typeof EntryView> => ({
  ...{ entryId, tenant, orderId, documentId, documentNumber, kind, currency, at },
  ...(shop === null ? {} : { shop }),
  lines: lines.map(({ account, debitMinor, creditMinor }) => ({ ...named(account), debitMinor, creditMinor })),
});

export const balancesView = (rows: readonly AccountBalance[]): z.output<typeof BalancesView> => ({
  balances: rows
    .map(({ account, currency, debitMinor, creditMinor }) => ({
      ...named(account),
      type: chart[account].type,
      ...{ currency, debitMinor, creditMinor },
      balanceMinor: chart[account].normal === 'debit' ? debitMinor - creditMinor : creditMinor - debitMinor,
    }))
    .toSorted((a, b) => compare(a.currency, b.currency) || compare(a.code, b.code)),
  totals: [...Map.groupBy(rows, ({ currency }) => currency)].map(([currency, own]) => ({
    currency,
    debitMinor: sumOf(own.map(({ debitMinor }) => debitMinor)),
    creditMinor: sumOf(own.map(({ creditMinor }) => creditMinor)),
  })),
});

export const booksView = (
  orderId: string,
  entries: readonly PostedEntry[],
  rows: readonly AccountBalance[],
): z.output<typeof BooksView> => {
  const view = balancesView(rows);
  const assets = view.balances.filter(({ type }) => type === 'asset');
  return {
    ...{ orderId, entries: entries.map(entryView), ...view },
    receivable: view.totals.map(({ currency }) => ({
      currency,
      minor: sumOf(assets.filter((asset) => asset.currency === currency).map(({ balanceMinor }) => balanceMinor)),
    })),
  };
};

const named = (account: AccountBalance['account']) => ({ account, code: chart[account].code, name: chart[account].name });
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const sumOf = (minors: readonly number[]): number => minors.reduce((sum, minor) => sum + minor, 0);
