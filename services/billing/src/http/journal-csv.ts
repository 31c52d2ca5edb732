import { formatMoney } from '@orderbus/kernel';
import { byteOrderMark, csvLine } from '@orderbus/service-kit';
import { chart } from '../domain/chart-of-accounts.ts';
import type { PostedEntry } from '../store/journal-queries.ts';

const headers = ['At', 'Entry', 'Kind', 'Document', 'Order', 'Store', 'Shop', 'Account', 'Account name', 'Currency', 'Debit', 'Credit'];

/** Enough for one write: a line at a time is slow. */
const charactersAtOnce = 65_536;

/** One row for each line of the journal, amounts as decimals of their currency. Its length costs no memory. */
export async function* journalCsv(entries: AsyncIterable<PostedEntry>, { bom }: { readonly bom: boolean }): AsyncGenerator<string> {
  let text = (bom ? byteOrderMark : '') + csvLine(headers);
  for await (const entry of entries) {
    text += rowsOf(entry);
    if (text.length < charactersAtOnce) continue;
    yield text;
    text = '';
  }
  yield text;
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
