import { describe, expect, test } from '@jest/globals';
import { BinaryBitmap, Code128Reader, HybridBinarizer, RGBLuminanceSource } from '@zxing/library';
import { type PackingSlip, renderDocuments } from '../src/index.ts';
import { layOutSlip } from '../src/packing-slip.ts';
import { aPickList, aSlip } from './examples.ts';
import { sizesOf, textOf, textsOf } from './read.ts';

const print = (...slips: PackingSlip[]) =>
  renderDocuments(
    slips.map((packingSlip) => ({ packingSlip })),
    'Slips',
  );

const to = (name: string, country = 'DE', more: object = {}): PackingSlip =>
  aSlip({ country, recipient: { state: 'known', address: { name, country, ...more } } });

describe('a packing slip', () => {
  test('tells who gets what, from whom, and in which parcel', async () => {
    const text = await textOf(print(aSlip()));
    for (const part of [
      'Lieferschein',
      'Hafen & Kiefer GmbH',
      'Łucja Große-Wöhrmann',
      'Café Möwe',
      'Am Hang 3',
      '12345 Neustadt',
      'Deutschland',
    ])
      expect(text).toContain(part);
    for (const part of [
      '000000012',
      '302-0000000-0000012',
      'DHL',
      '00340000000000000001',
      'LAMP-1',
      'Schreibtischlampe, dimmbar',
      'Stück: 2',
      '1/1',
    ])
      expect(text).toContain(part);
  });

  test('has the days of the place where it goes', async () => {
    expect(await textOf(print(aSlip()))).toMatch(/5\. Mai 2026.*06\.05\.2026, 23:59/);
    expect(await textOf(print(aSlip({ country: 'US' })))).toMatch(/May 4, 2026.*May 6, 2026, 2:59 PM/);
  });

  test('is in the language of the country, unless the seller wants another', async () => {
    const titles = await Promise.all(
      ['US', 'AT', 'FR', 'MX', 'IT', 'JP', 'SE'].map(async (country) => (await textOf(print(aSlip({ country })))).slice(0, 12)),
    );
    expect(titles).toEqual([
      ...['Packing slip', 'Lieferschein', 'Bon de livra', 'Albarán de e', 'Documento di'],
      ...[expect.stringMatching(/^納品書/), 'Packing slip'],
    ]);
    expect(await textOf(print(aSlip({ country: 'JP', language: 'en' })))).toContain('Packing slip');
  });

  test('is on the paper that the country has', async () => {
    expect(await sizesOf(print(aSlip(), aSlip({ country: 'US' })))).toEqual(['595 x 842', '612 x 792']);
  });

  test('shows names of any script, and they can be copied out of it', async () => {
    const names = ['山田 太郎', '김민수', '王小明', 'Ελένη Παππά', 'Иван Петров', 'สมชาย ใจดี', 'Nguyễn Thị Ánh', 'Łukasz Żółć'];
    const text = await textOf(print(...names.map((name) => to(name))));
    for (const name of names) expect(text).toContain(name.normalize('NFKC'));
  });

  test('shows names that are read from the right, beside words that are not', async () => {
    const text = await textOf(print(to('محمد عبد الله'), to('שלום כהן'), to('محمد 12 (برج)')));
    expect(text).toContain('محمد عبد الله');
    expect(text).toContain('שלום כהן');
    expect(text).toMatch(/محمد.*12|12.*محمد/);
  });

  test('writes an address as its country does', async () => {
    const place = { lines: ['1 Main St'], city: 'Springfield', state: 'IL', postalCode: '62701' };
    expect(await textOf(print(to('Ann', 'US', place)))).toContain('Ann 1 Main St Springfield, IL 62701 United States');
    expect(await textOf(print(to('Ann', 'GB', { ...place, state: undefined, postalCode: 'SW1A 1AA' })))).toContain(
      'Springfield SW1A 1AA United Kingdom',
    );
    const tokyo = { lines: ['丸の内1-9-1'], city: '千代田区', state: '東京都', postalCode: '100-0005' };
    expect(await textOf(print(to('山田 太郎', 'JP', tokyo)))).toContain('〒100-0005 東京都千代田区 丸の内1-9-1 山田 太郎 様 日本');
  });

  test.each([
    ['US', 'Address removed on June 30, 2026'],
    ['DE', 'Adresse gelöscht am 1. Juli 2026'],
    ['FR', 'Adresse supprimée le 1 juillet 2026'],
    ['ES', 'Dirección eliminada el 1 de julio de 2026'],
    ['IT', 'Indirizzo rimosso il 1 luglio 2026'],
    ['JP', '住所は2026年7月1日に削除されました'],
  ])('says in %s since when the buyer is forgotten', async (country, words) => {
    expect(await textOf(print(aSlip({ country, recipient: { state: 'removed', at: '2026-07-01T00:00:00.000Z' } })))).toContain(words);
  });

  test('without an address says so', async () => {
    expect(await textOf(print(aSlip({ recipient: { state: 'unknown' } })))).toContain('Adresse unbekannt');
    expect(await textOf(print(aSlip({ recipient: { state: 'known', address: {} } })))).toContain('Adresse unbekannt');
  });

  test('carries the gift message, once for all lines that have the same', async () => {
    const line = { sku: 'A', title: 'Becher', quantity: 1, giftMessage: 'Alles Gute 🎉\nzum Geburtstag' };
    const text = await textOf(print(aSlip({ lines: [line, { ...line, sku: 'B' }] })));
    expect(text.split('Grußbotschaft')).toHaveLength(2);
    expect(text).toContain('Alles Gute 🎉 zum Geburtstag');
  });

  test('of sixty lines goes over several sheets, each with the head of the table and its number', async () => {
    const lines = Array.from({ length: 60 }, (_, n) => ({
      sku: `S-${n}`,
      title: 'Ein Artikel mit einem langen Namen, '.repeat(4),
      quantity: 1,
    }));
    const pages = await textsOf(print(aSlip({ lines })));
    expect(pages.length).toBeGreaterThan(2);
    for (const [n, page] of pages.entries()) {
      expect(page).toContain('Menge SKU Artikel');
      expect(page).toContain(`000000012 ${n + 1}/${pages.length}`);
    }
    const all = pages.join(' ');
    for (const { sku } of lines) expect(all).toContain(`${sku} `);
  });

  test('has the order number as a bar code that a scanner reads', () => {
    const [sheet] = layOutSlip(aSlip());
    const bars = sheet?.marks.flatMap((mark) => (mark.kind === 'box' && mark.color === '#000000' ? [mark] : [])) ?? [];
    const [left, perPoint, height] = [Math.min(...bars.map(({ x }) => x)), 8, 20];
    const width = Math.ceil((Math.max(...bars.map((bar) => bar.x + bar.width)) - left + 40) * perPoint);
    const row = new Uint8ClampedArray(width).fill(255);
    for (const bar of bars) row.fill(0, Math.round((bar.x - left + 20) * perPoint), Math.round((bar.x + bar.width - left + 20) * perPoint));
    const picture = new Uint8ClampedArray(width * height);
    for (let y = 0; y < height; y++) picture.set(row, y * width);
    const bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(picture, width, height)));
    expect(new Code128Reader().decode(bitmap).getText()).toBe('000000012');
  });

  test('never fails for what nobody can draw, and shows a box for it', async () => {
    const odd = [
      '\u{13000}\u{1F9FF}',
      'a\u0000b\u0007',
      '\ud800',
      '👨‍👩‍👧‍👦 👍🏽',
      '\u202emoc.live\u202c',
      'ﷺ',
      'x'.repeat(5_000),
      '',
      ' \n\n ',
    ];
    const pages = await textsOf(
      print(...odd.map((name) => aSlip({ lines: [{ sku: name.slice(0, 40), title: name, quantity: 1, giftMessage: name }] }))),
    );
    expect(pages.length).toBeGreaterThanOrEqual(odd.length);
  });
});

describe('a pick list', () => {
  test('says where to go, what to take and for whom, and where nobody knows the place', async () => {
    const text = await textOf(renderDocuments([{ pickList: aPickList() }], 'List'));
    expect(text).toContain('Pickliste 05.05.2026, 08:12 · Bestellungen: 2 · Stück: 4');
    expect(text).toContain('A-01-3 3 LAMP-1 Schreibtischlampe 000000012 × 2');
    expect(text).toContain('Ohne Lagerplatz 1 MUG-7 Becher 000000013 × 1');
  });

  test('names ten orders of an article, and counts the others', async () => {
    const orders = Array.from({ length: 14 }, (_, n) => ({ number: `0000000${10 + n}`, quantity: 1 }));
    const [line] = aPickList().lines;
    const text = await textOf(
      renderDocuments(
        [{ pickList: aPickList({ lines: [{ ...line, location: 'A', sku: 'S', title: 'T', quantity: 14, orders }] }) }],
        'List',
      ),
    );
    expect(text).toContain('000000019 × 1 + 4');
    expect(text).not.toContain('000000020');
  });
});
