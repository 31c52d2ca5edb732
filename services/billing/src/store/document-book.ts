import { type Item, openNumberSeries, type Transaction } from '@orderbus/outbox';
import { type Billed, entryOfCreditMemo, entryOfInvoice } from '../domain/books.ts';
import type { BillingCommand, ChangedMemo, DocumentBook, Header, NewInvoice } from '../domain/order-billing.ts';
import { type BillingSettings, type DocumentType, numberOf, seriesOf, shopOf } from '../domain/settings.ts';
import { billingSettings } from './billing-settings.ts';
import { keepMemos } from './credit-memos.ts';
import { cancelInvoices, insertInvoices } from './invoices.ts';
import { insertCanceledEntries, insertEntries } from './journal.ts';
import { type NotedUpload, noteUploads } from './uploads.ts';

type Items = readonly Item<BillingCommand>[];

/** Numbers are locked until the batch is committed: two instances number one after the other, and a rollback leaves no gap. */
export const openBook = async (tx: Transaction, items: Items): Promise<{ context: DocumentBook; finish: () => Promise<void> }> => {
  const owners = await ownersOf(tx, items);
  const settingsOf = await billingSettings.book(
    tx,
    [...owners.values()].map(({ tenant }) => tenant),
  );
  const series = await openNumberSeries(tx, seriesFor(items, owners, settingsOf));
  const issued: NewInvoice[] = [];
  const canceled: { id: string; reason: string }[] = [];
  const memos = new Map<string, ChangedMemo>();
  const uploads: NotedUpload[] = [];
  return {
    context: {
      settingsOf,
      nextNumber: (type, tenant, orderShop) => {
        const shop = shopOf(settingsOf(tenant), orderShop);
        const name = seriesOf(type, tenant, shop);
        return { number: numberOf(series.context.take(name), type, settingsOf(tenant), shop), series: name, shop };
      },
      enterInvoice: (invoice) => issued.push(invoice),
      cancelInvoice: (id, reason) => canceled.push({ id, reason }),
      keepMemo: (memo) => {
        const before = memos.get(memo.id);
        memos.set(memo.id, { ...memo, isNew: memo.isNew || before?.isNew === true, numbered: memo.numbered ?? before?.numbered });
      },
      noteUpload: (documentType, documentId, upload) => uploads.push({ documentType, documentId, upload }),
    },
    finish: async () => {
      await series.finish();
      await insertInvoices(tx, issued);
      await cancelInvoices(tx, canceled);
      await keepMemos(tx, [...memos.values()]);
      await noteUploads(tx, uploads);
      const numbered = [...memos.values()].filter((memo) => memo.numbered !== undefined);
      await insertEntries(tx, [
        ...issued.map((invoice) => entryOfInvoice({ ...invoice, ...postedAs(invoice) })),
        ...numbered.map((memo) => entryOfCreditMemo({ ...memo, ...postedAs({ ...memo, shop: memo.numbered?.shop ?? null }) })),
      ]);
      await insertCanceledEntries(tx, canceled);
    },
  };
};

/** Under which name a document is posted, and with which tax rate. */
const postedAs = ({ id, country, vatRate, shop, number }: Header & { readonly shop: string | null; readonly number: string | null }) =>
  ({
    ...{ documentId: id, number: number as string, shop, country: country ?? undefined },
    rates: country === null || vatRate === null ? undefined : { [country]: vatRate },
  }) satisfies Partial<Billed>;

interface Owner {
  readonly tenant: string;
  readonly shop: string | null;
}

/** Whose orders these are: of those that are known, by what is known of them. */
const ownersOf = async (tx: Transaction, items: Items): Promise<ReadonlyMap<string, Owner>> => {
  const known = items.flatMap(({ key, command }) => (command.type === 'open' ? [] : [key]));
  const rows: (Owner & { id: string })[] =
    known.length === 0 ? [] : await tx.query('select id, tenant, shop from order_billing where id = any($1::uuid[])', [known]);
  const told = items.flatMap(({ key, command, cause: { tenant } }) =>
    command.type === 'open' ? [[key, { tenant, shop: command.order.shop ?? null }] as const] : [],
  );
  return new Map([...told, ...rows.map(({ id, tenant, shop }) => [id, { tenant, shop }] as const)]);
};

/** The series that these commands may take a number from. */
const seriesFor = (items: Items, owners: ReadonlyMap<string, Owner>, settingsOf: (tenant: string) => BillingSettings): string[] =>
  items.flatMap(({ key, command }) => {
    const owner = owners.get(key);
    if (owner === undefined) return [];
    const settings = settingsOf(owner.tenant);
    return typesOf(command, settings).map((type) => seriesOf(type, owner.tenant, shopOf(settings, owner.shop)));
  });

const typesOf = (command: BillingCommand, { invoicing }: BillingSettings): readonly DocumentType[] => {
  switch (command.type) {
    case 'open':
      return invoicing === 'manual' ? [] : ['invoice'];
    case 'update':
    case 'ship':
      return invoicing === 'on-shipment' ? ['invoice'] : [];
    case 'bill':
      return ['invoice'];
    case 'cancel':
    case 'cancel-units':
      return ['credit-memo'];
    case 'credit':
      return command.wish.kind === 'correction' ? ['credit-memo'] : [];
    case 'hear':
      return command.fact === 'submit' ? [] : ['credit-memo'];
    default:
      return [];
  }
};
