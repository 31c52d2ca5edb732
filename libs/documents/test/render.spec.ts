import { spawnSync } from 'node:child_process';
import type { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { type Printed, renderDocuments } from '../src/index.ts';
import { faceOf, fontOf } from '../src/text/fonts.ts';
import { linesOf } from '../src/text/lines.ts';
import { runsOf } from '../src/text/runs.ts';
import { aSlip } from './examples.ts';
import { textOf, textsOf } from './read.ts';

const slip = (changes: Parameters<typeof aSlip>[0] = {}): Printed => ({ packingSlip: aSlip(changes) });

test('two hundred slips are one PDF, each on a sheet of its own', async () => {
  const slips = Array.from({ length: 200 }, (_, n) => slip({ orderNumber: String(n).padStart(9, '0') }));
  const pages = await textsOf(renderDocuments(slips, 'Slips'));
  expect(pages).toHaveLength(200);
  expect(pages[173]).toContain('000000173 1/1');
});

test('slips are drawn as they are read: whoever does not read keeps the others waiting', async () => {
  let asked = 0;
  const slips = (function* () {
    for (; asked < 500; asked++)
      yield slip({ lines: Array.from({ length: 40 }, (_, n) => ({ sku: `${asked}-${n}`, title: crypto.randomUUID(), quantity: 1 })) });
  })();
  const stream = renderDocuments(slips, 'Slips');
  const first = await stream[Symbol.asyncIterator]().next();
  expect(Buffer.from(first.value).subarray(0, 5).toString()).toBe('%PDF-');
  await new Promise<void>((resolve) => {
    const look = (): unknown => ((stream as PassThrough).writableNeedDrain ? resolve() : setImmediate(look));
    look();
  });
  const atRest = asked;
  for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate);
  expect(asked - atRest).toBeLessThanOrEqual(1);
  stream.destroy();
});

test('a document that cannot be had breaks the stream: half a PDF never looks like a whole one', async () => {
  const slips = (function* (): Generator<Printed> {
    yield slip();
    throw new Error('gone');
  })();
  await expect(renderDocuments(slips, 'Slips').toArray()).rejects.toThrow('gone');
});

test('a letter that was part of another one in an earlier document can still be copied out of a later one', async () => {
  await textOf(renderDocuments([slip({ lines: [{ sku: 'ǖ', title: 'Ṩ ǖ ẳ', quantity: 1 }] })], 'First'));
  expect(await textOf(renderDocuments([slip({ lines: [{ sku: 'ṡ', title: 'Ṡ ü ă ṣ', quantity: 1 }] })], 'Second'))).toContain('Ṡ ü ă ṣ');
});

test('nothing is written to disk: it works without the permission to', () => {
  const script = fileURLToPath(new URL('print-once.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--permission', '--allow-fs-read=*', script], { encoding: 'utf8' });
  expect(stderr).not.toMatch(/ERR_ACCESS_DENIED/);
  expect(Number(stdout)).toBeGreaterThan(10_000);
});

test('words that are read from the right stand in their order, and numbers in them keep theirs', () => {
  const visual = (text: string, direction: 'ltr' | 'rtl') => runsOf(text, direction).map((run) => run.text);
  expect(visual('abc 12', 'ltr')).toEqual(['abc 12']);
  expect(visual('محمد 12 علي', 'rtl')).toEqual(['علي', ' ', '12', 'محمد ']);
  expect(visual('Anna محمد', 'ltr').at(-1)).toBe('محمد');
  expect(visual('(א)', 'rtl')).toEqual(['(', 'א', ')']);
});

test('Arabic letters are joined', () => {
  const font = fontOf(faceOf(0x645), 'regular');
  const alone = [...'محمد'].map((letter) => font.glyphForCodePoint(letter.codePointAt(0) ?? 0).id);
  const shaped = font.layout('محمد').glyphs.map(({ id }) => id);
  expect(shaped.toReversed()).not.toEqual(alone);
});

test('what no font has is a box that can be seen', () => {
  expect(faceOf(0x13000)).toBe(0);
  for (const weight of ['regular', 'bold'] as const) expect(fontOf(0, weight).getGlyph(0).path.toSVG()).not.toBe('');
});

test('a text breaks between words, in Japanese between letters, and anywhere when a word alone is too long', () => {
  const letters = { size: 10, weight: 'regular' } as const;
  const broken = (text: string, width: number, most?: number) =>
    linesOf(text, width, letters, most).map(({ runs }) => runs.map(({ text }) => text).join(''));
  expect(broken('one two three', 45)).toEqual(['one two', 'three']);
  expect(broken('デスクランプ調光可能', 60)).toEqual(['デスクランプ', '調光可能']);
  expect(broken('x'.repeat(20), 60).join('')).toBe('x'.repeat(20));
  expect(broken('one two three four five', 45, 2)).toEqual(['one two', 'three…']);
});
