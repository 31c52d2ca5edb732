import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { OrderLine, Totals } from '@orderbus/contracts';
import fc from 'fast-check';
import { type Billed, entryOfCanceledInvoice, entryOfCreditMemo, entryOfInvoice, type JournalEntry } from '../src/domain/books.ts';
import { type Account, accounts, chart } from '../src/domain/chart-of-accounts.ts';
import { moneyOf, taxDueOfSeller, taxSummary } from '../src/domain/tax.ts';
import { cutUp, generatedInvoice, paidBack, taxOf } from './generated-books.ts';

const sum = (minors: readonly number[]): number => minors.reduce((total, minor) => total + minor, 0);

/** What these entries leave on an account, as much as it is more debit than credit. */
const left = (entries: readonly JournalEntry[], ...of: readonly Account[]): number =>
  sum(entries.flatMap(({ lines }) => lines.filter(({ account }) => of.includes(account)).map((l) => l.debitMinor - l.creditMinor)));

/** Plain comparisons: a hundred thousand times `expect` takes a minute. */
const agree = (what: string, figures: readonly number[]): void => {
  if (figures.some((figure) => figure !== figures[0])) throw new Error(`${what}: ${figures.join(' is not ')}`);
};

const balances = (entry: JournalEntry): void => {
  agree('debit and credit', [sum(entry.lines.map((l) => l.debitMinor)), sum(entry.lines.map((l) => l.creditMinor))]);
  for (const { debitMinor, creditMinor } of entry.lines)
    if (debitMinor < 0 || creditMinor < 0 || (debitMinor === 0) === (creditMinor === 0)) throw new Error('a line stands on one side');
};

const assets = accounts.filter((account) => chart[account].type === 'asset');
const income = accounts.filter((account) => ['revenue', 'contra-revenue'].includes(chart[account].type));
const toldTax = ({ lines }: Billed, by: OrderLine['taxCollectedBy']): number =>
  sum(lines.map(({ amounts, taxes, taxCollectedBy }) => (taxCollectedBy === by ? (taxes ? taxOf(taxes) : amounts.taxMinor) : 0)));
const withoutRates = (invoice: Billed): Billed => ({ ...invoice, rates: {} });

/** fast-check prints the seed and the smallest order that fails. */
const holdsFor = (numRuns: number, arbitraries: readonly fc.Arbitrary<unknown>[], check: (...values: never[]) => void) =>
  fc.assert(
    fc.property(fc.tuple(...arbitraries), (values) => check(...(values as never[]))),
    { numRuns, verbose: 0 },
  );

describe('100,000 orders, whatever Amazon tells of their taxes', () => {
  test('are posted as much debit as credit, and all that is posted is what the buyer pays, to the smallest unit', () => {
    holdsFor(100_000, [generatedInvoice], (invoice: Billed) => {
      const entry = entryOfInvoice(invoice);
      balances(entry);
      const kept = toldTax(invoice, 'marketplace');
      const moved = entry.lines.filter(({ account }) => account === 'tax-of-marketplace');
      agree('what the marketplace keeps', [
        Math.abs(kept),
        ...(['debitMinor', 'creditMinor'] as const).map((side) => sum(moved.map((l) => l[side]))),
      ]);
      agree('revenue and taxes, and what the buyer pays', [
        -left([entry], ...income, 'tax-payable') + kept,
        invoice.totalMinor,
        left([entry], ...assets) + kept,
      ]);
    });
  });
});

describe('2,000 orders', () => {
  test('owe the tax that is posted as owed; without a rate of ours, exactly what Amazon tells', () => {
    holdsFor(2_000, [generatedInvoice], (invoice: Billed) => {
      agree('owed', [-left([entryOfInvoice(invoice)], 'tax-payable') + 0, taxDueOfSeller(taxSummary(invoice.lines, invoice))]);
      agree('told', [taxDueOfSeller(taxSummary(invoice.lines)), toldTax(invoice, 'seller')]);
    });
  });

  test('have base and tax of all kinds together as their lines, and a tax of ours is half a unit off at most', () => {
    holdsFor(2_000, [generatedInvoice], (invoice: Billed) => {
      const rows = moneyOf(invoice.lines, invoice);
      agree('base and tax, and the lines', [
        sum(rows.flatMap(({ baseMinor, taxMinor }) => [baseMinor, taxMinor])),
        sum(invoice.lines.map(({ amounts }) => amounts.totalMinor)),
      ]);
      for (const { baseMinor, taxMinor, rate } of rows) {
        if (rate === undefined) continue;
        const off = Math.abs(taxMinor * (100 + rate) - (baseMinor + taxMinor) * rate);
        if (2 * off > 100 + rate) throw new Error(`${taxMinor} is not ${rate}% of ${baseMinor}`);
      }
    });
  });

  test('that are canceled leave nothing on any account', () => {
    holdsFor(2_000, [generatedInvoice], (invoice: Billed) => {
      const entry = entryOfInvoice(invoice);
      const canceled = entryOfCanceledInvoice(entry);
      balances(canceled);
      for (const account of accounts) agree(account, [left([entry, canceled], account), 0]);
    });
  });
});

describe('2,000 orders', () => {
  const shares = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 3 });

  test('billed in any parts are posted as if they were billed at once, where Amazon tells the tax', () => {
    holdsFor(2_000, [generatedInvoice.map(withoutRates), shares], (invoice: Billed, cuts: readonly number[]) => {
      const parts = cutUp(invoice, cuts).map(entryOfInvoice);
      parts.forEach(balances);
      for (const account of accounts) agree(account, [left(parts, account), left([entryOfInvoice(invoice)], account)]);
    });
  });

  test('billed in any parts and paid back in any others leave nothing to be received, and no tax that Amazon told', () => {
    holdsFor(2_000, [generatedInvoice, shares, shares], (invoice: Billed, bills: readonly number[], refunds: readonly number[]) => {
      const billed = cutUp(invoice, bills).map(entryOfInvoice);
      const back = cutUp(invoice, refunds).map((part) => entryOfCreditMemo(paidBack(part)));
      [...billed, ...back].forEach(balances);
      agree('to be received', [left([...billed, ...back], ...assets), 0]);
      agree('of the marketplace', [left([...billed, ...back], 'tax-of-marketplace'), 0]);
      agree('without a rate of ours', [
        left(
          [
            ...cutUp(withoutRates(invoice), bills).map(entryOfInvoice),
            ...cutUp(withoutRates(invoice), refunds).map((part) => entryOfCreditMemo(part)),
          ],
          'tax-payable',
        ),
        0,
      ]);
    });
  });
});

const examples = new URL('../../../libs/contracts/examples/', import.meta.url);

describe('every order among the examples of the contracts', () => {
  const orders = readdirSync(examples)
    .map((file) => JSON.parse(readFileSync(new URL(file, examples), 'utf8')))
    .filter(({ data }) => data.totals && data.lines?.every((line: OrderLine) => line.amounts))
    .map(({ type, data }): [string, Totals, OrderLine[], string | undefined] => [type, data.totals, data.lines, data.country]);

  test('are several', () => expect(orders.length).toBeGreaterThanOrEqual(4));

  test.each(orders)('%s is posted to the cent', (_, { currency, grandTotalMinor, tipMinor }, lines, country) => {
    const document = { documentId: '5d0b3c1e-8f58-5a86-9e0e-2f4fd1c2a111', number: '1', orderId: '7d3f6f0e-54a3-5d4b-9d62-0a1b8d0a7c11' };
    const billed = {
      ...document,
      tenant: 'store-1',
      currency,
      tipMinor,
      totalMinor: grandTotalMinor,
      country,
      lines: lines as Billed['lines'],
    };
    const entry = entryOfInvoice(billed);
    balances(entry);
    expect(sum(entry.lines.map((l) => l.debitMinor))).toBe(grandTotalMinor + sum(debitsBesidesTotal(entry)));
  });
});

/** Discounts, and what the marketplace keeps. */
const debitsBesidesTotal = ({ lines }: JournalEntry): number[] =>
  lines.filter(({ account }) => !assets.includes(account)).map(({ debitMinor }) => debitMinor);
