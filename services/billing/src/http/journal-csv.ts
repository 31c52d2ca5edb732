import { formatMoney } from '@orderbus/kernel';
import { byteOrderMark, csvLine, inChunks } from '@orderbus/service-kit';
import { chart } from '../domain/chart-of-accounts.ts';
import type { PostedEntry } from '../store/journal-queries.ts';

const headers = ['At', 'Entry', 'Kind', 'Document', 'Order', 'Store', 'Shop', 'Account', 'Account name', 'Currency', 'Debit', 'Credit'];

/** One row for each line of the journal, amounts as decimals of their currency. Its length costs no memory. */
export const journalCsv = (entries: AsyncIterable<PostedEntry>, { bom }: { readonly bom: boolean }): AsyncIterable<string> =>
  inChunks(linesOf(entries, bom));

async function* linesOf(entries: AsyncIterable<PostedEntry>, bom: boolean): AsyncGenerator<string> {
  yield (bom ? byteOrderMark : '') + csvLine(headers);
  for await (const entry of entries) yield rowsOf(entry);
}

const rowsOf = ({ entryId, at, kind, documentNumber, orderId, tenant, shop, currency, lines }: PostedEntry): string => {
  const about = [at, entryId, kind, documentNumber, orderId, tenant, shop ?? ''];
  const amount = (minor: number): string => (minor === 0 ? '' : formatMoney({ minor, currency }));
  return lines
    .map(({ account, debitMinor, creditMinor }) => {
      const { code, name } = chart[account];
      return csvLine([...about, code, name, currency, amount(debitMinor), amount(creditMinor)]);
    })
    .join('');
};
