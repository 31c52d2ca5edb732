import { formatMoney } from '@orderbus/kernel';
import { chart } from '../domain/chart-of-accounts.ts';
import type { PostedEntry } from '../store/journal-queries.ts';

const headers = ['At', 'Entry', 'Kind', 'Document', 'Order', 'Store', 'Shop', 'Account', 'Account name', 'Currency', 'Debit', 'Credit'];

/** Without it Excel takes UTF-8 for something else. */
const byteOrderMark = '\uFEFF';

/** Enough for one write: a line at a time is slow. */
const charactersAtOnce = 65_536;

/** One row for each line of the journal, amounts as decimals of their currency. Its length costs no memory. */
export async function* journalCsv(entries: AsyncIterable<PostedEntry>, { bom }: { readonly bom: boolean }): AsyncGenerator<string> {
  let text = (bom ? byteOrderMark : '') + rowOf(headers);
  for await (const entry of entries) {
    text += rowsOf(entry);
    if (text.length < charactersAtOnce) continue;
    yield text;
    text = '';
  }
  yield text;
}

const rowsOf = ({ entryId, at, kind, documentNumber, orderId, tenant, shop, currency, lines }: PostedEntry): string => {
  const about = [at, entryId, kind, inert(documentNumber), orderId, inert(tenant), inert(shop ?? '')];
  const amount = (minor: number): string => (minor === 0 ? '' : formatMoney({ minor, currency }));
  return lines
    .map(({ account, debitMinor, creditMinor }) => {
      const { code, name } = chart[account];
      return rowOf([...about, code, name, currency, amount(debitMinor), amount(creditMinor)]);
    })
    .join('');
};

const rowOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** What a spreadsheet would take for a formula is made text. A number's prefix or a shop's name may come from somebody who means harm. */
const inert = (text: string): string => (/^[\s\0]*[=+\-@|＝＋－＠]|^[\t\r\n\0]/.test(text) ? `'${text}` : text);
