import { describe, expect, test } from '@jest/globals';
import { type CreditMemo, type Invoice, renderDocuments } from '../src/index.ts';
import { aCreditMemo, anInvoice } from './examples.ts';
import { textOf } from './read.ts';

const invoiceText = (changes: Partial<Invoice> = {}) => textOf(renderDocuments([{ invoice: anInvoice(changes) }], 'Invoice'));
const memoText = (changes: Partial<CreditMemo> = {}) => textOf(renderDocuments([{ creditMemo: aCreditMemo(changes) }], 'Memo'));

describe('an invoice', () => {
  test('has its number and date, both parties, the lines and what they add up to', async () => {
    const text = await invoiceText();
    expect(text).toContain('Rechnung Hafen & Kiefer GmbH Speicherstraße 7 20457 Hamburg Deutschland USt-IdNr. DE000000000');
    expect(text).toContain('Łucja Große-Wöhrmann');
    expect(text).toContain('RE-000000007 Datum 5. Mai 2026');
    expect(text).toContain('2 Schreibtischlampe, dimmbar SKU LAMP-1 · B000000001 24,99 € 49,98 €');
    expect(text).toContain('Artikel 49,98 € Versand 4,99 € Rabatt -5,00 € Gesamtbetrag 49,97 €');
  });

  test('has a table of the taxes: what they are on, their rate, and who collects them', async () => {
    const text = await invoiceText();
    expect(text).toContain('Artikel (enthalten) 19 % 42,00 € 7,98 € Verkäufer');
    expect(text).toContain('Versand (enthalten) IOSS 4,19 € 0,80 € Amazon');
    expect(text).toContain('Rabatt (enthalten) 19 % -4,20 € -0,80 € Verkäufer');
    expect(text).toContain('Amazon hat die mit „Amazon“ bezeichnete Steuer eingezogen');
    expect(await invoiceText({ taxes: [] })).not.toContain('Netto');
  });

  test.each([
    ['JP', 'JPY', '合計 ¥4,997'],
    ['US', 'USD', 'Total $49.97'],
    ['GB', 'KWD', 'Total KWD 4.997'],
    ['FR', 'EUR', 'Total 49,97 €'],
    ['AT', 'EUR', 'Gesamtbetrag € 49,97'],
  ])('in %s writes %s as people there do, with the digits that it has', async (country, currency, total) => {
    expect(await invoiceText({ country, currency })).toContain(total);
  });

  test('of a cent, or of less than one, has its zeros', async () => {
    expect(await invoiceText({ country: 'US', currency: 'USD', totalMinor: 1 })).toContain('Total $0.01');
    expect(await invoiceText({ country: 'GB', currency: 'KWD', totalMinor: -5 })).toContain('Total -KWD 0.005');
    expect(await invoiceText({ country: 'JP', currency: 'JPY', totalMinor: 5 })).toContain('合計 ¥5');
  });

  test('is exact beyond what a float can hold', async () => {
    expect(await invoiceText({ country: 'US', currency: 'USD', totalMinor: 9_007_199_254_740_991 })).toContain('$90,071,992,547,409.91');
  });

  test('that was canceled says so, and no longer that it is paid', async () => {
    expect(await invoiceText()).toContain('Über Amazon bezahlt.');
    const canceled = await invoiceText({ canceledAt: '2026-06-01T08:00:00.000Z' });
    expect(canceled).toContain('Storniert am 1. Juni 2026');
    expect(canceled).not.toContain('bezahlt');
  });

  test('has no price of a unit that is not exact', async () => {
    const [line] = anInvoice().lines;
    if (line === undefined) throw new Error('an invoice has a line');
    expect(await invoiceText({ lines: [{ ...line, quantity: 4 }] })).toContain('B000000001 49,98 €');
  });

  test('shows the tax on top of the prices, the tip and the number of a buyer who is a business', async () => {
    const [line] = anInvoice().lines;
    if (line === undefined) throw new Error('an invoice has a line');
    const amounts = { ...line.amounts, taxMinor: 410, totalMinor: 5407 };
    const text = await invoiceText({
      country: 'US',
      currency: 'USD',
      tipMinor: 200,
      buyerTaxNumber: '00-0000000',
      lines: [{ ...line, amounts }],
    });
    expect(text).toContain('Tax $4.10 Tip $2.00');
    expect(text).toContain('Buyer’s tax number 00-0000000');
  });
});

describe('a credit memo', () => {
  test('says what goes back, and what is kept', async () => {
    const text = await memoText();
    expect(text).toContain('Rechnungskorrektur GS-000000003');
    expect(text).toContain('Anpassung 3,00 € Einbehaltene Gebühr -1,00 € Erstattung gesamt 51,97 €');
    expect(text).not.toContain('bezahlt');
  });
});
