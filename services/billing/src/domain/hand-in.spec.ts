import { describe, expect, test } from '@jest/globals';
import { ada, crediting, hearing, type Life, lifeOf, sending } from '../../test/life.ts';

const settings = { uploadVatInvoices: true };
const ship = sending('p-1', 1, [['40000000000001', 1]]);
const refusal = { code: 'vidr', words: 'Number missing' };
const answer = (life: Life, attempt: number, no?: typeof refusal) =>
  life.tell({ type: 'hear-upload', documentId: life.order().invoiceId as string, attempt, refusal: no });
const uploadOf = (life: Life) => life.order().invoices[0]?.upload;

describe('a document', () => {
  test('is handed in once it has shipped, and once only', () => {
    const life = lifeOf({}, settings);
    expect(uploadOf(life)).toEqual({ state: 'none', attempt: 0 });
    expect(life.tell(ship)).toEqual(['invoice.upload_requested']);
    expect(life.tell(sending('p-2', 1, [['40000000000001', 1]]))).toEqual(['already-done']);
  });

  test('is not handed in where the store does not say so, or Amazon does not take it', () => {
    expect(lifeOf().tell(ship)).toEqual([]);
    expect(lifeOf({ country: 'US' }, settings).tell(ship)).toEqual([]);
  });

  test('that gives back is handed in when it has its number', () => {
    const life = lifeOf({}, settings);
    life.tell(ship);
    const refund = crediting();
    life.tell(refund);
    expect(life.tell(hearing(refund.memoId, 'accept'))).toEqual(['credit_memo.issued', 'invoice.upload_requested']);
    expect(life.events.at(-1)).toMatchObject({ data: { documentId: refund.memoId, documentType: 'credit-memo', attempt: 1 } });
  });

  test('that was refused is handed in again by a person; an answer to the earlier question is old news', () => {
    const life = lifeOf({}, settings);
    life.tell(ship);
    answer(life, 1, refusal);
    expect(uploadOf(life)).toEqual({ state: 'refused', attempt: 1, refusal });
    expect(life.tell({ type: 'upload', documentId: life.order().invoiceId as string })).toEqual(['invoice.upload_requested']);
    expect(answer(life, 1, refusal)).toEqual(['already-done']);
    expect(answer(life, 1)).toEqual(['already-done']);
    expect(answer(life, 2)).toEqual([]);
    expect(uploadOf(life)).toEqual({ state: 'accepted', attempt: 2 });
    expect(answer(life, 2, refusal)).toEqual(['already-done']);
  });

  test('is not handed in before anything has shipped, nor while Amazon is asked, nor before it is issued', () => {
    const life = lifeOf({}, settings);
    const why = (documentId: string) => life.tell({ type: 'upload', documentId })[1];
    const id = life.order().invoiceId as string;
    expect(why(id)).toBe('nothing of the order has shipped: Amazon takes its documents after that');
    life.tell(ship);
    expect(why(id)).toBe('Amazon has been asked, and has not answered yet');
    const refund = crediting({}, { actor: ada });
    life.tell(refund);
    expect(why(refund.memoId)).toBe('only issued documents are handed in');
  });
});
