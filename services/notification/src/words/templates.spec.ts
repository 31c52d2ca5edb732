import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { alertKinds } from '../domain/alert.ts';
import { type Language, languages } from '../domain/language.ts';
import { samples } from '../domain/samples.ts';
import { type Content, compose, type ToldAlert } from './compose.ts';
import { sampleAlert } from './sample-alert.ts';
import { loadTemplates } from './templates.ts';

const templates = loadTemplates();
const inBerlin = (language: Language) => ({ language, timeZone: 'Europe/Berlin' });
const told = (kind: keyof typeof samples, more: Partial<ToldAlert> = {}): ToldAlert => ({
  ...sampleAlert(kind, 'main', new Date('2026-05-04T20:00:00Z')),
  ...{ id: '0198c2a4-0000-7000-8000-000000000002', severity: 'attention', ...more },
});
const single = (alert: ToldAlert): Content => ({ alerts: [alert], counts: { [alert.kind]: 1 }, rule: 'Warehouse', test: false });
const consoleUrl = 'https://console.example.com';

describe('a message', () => {
  test.each(languages.flatMap((language) => alertKinds.map((kind) => [kind, language] as const)))(
    'about %s has a title, a text and a page in %s',
    (kind, language) => {
      const { title, text, html } = compose(templates, single(told(kind)), inBerlin(language), consoleUrl);
      expect(title).toMatch(/^\S.{10,}\S$/);
      expect(text.length).toBeGreaterThan(title.length);
      expect(html).toContain(`<html lang="${language}">`);
      expect(`${title}${text}${html}`).not.toMatch(/undefined|\[object|\{\{|\{%|NaN/);
    },
  );

  test('in German is German in each of its parts, with the clock of the reader', () => {
    const { title, text, html } = compose(templates, single(told('ship-by-at-risk')), inBerlin('de'), consoleUrl);
    expect(title).toBe(
      'Bestellung 000000012 (114-1234567-1234567) muss bis 2026-05-04 23:59 Europe/Berlin versandt sein, und sie wartet auf Ware',
    );
    expect(text.split('\n')).toEqual([
      'Bestellung 000000012 (114-1234567-1234567) muss bis 2026-05-04 23:59 Europe/Berlin versandt sein, und etwas davon steht noch aus.',
      '- sie wartet auf Ware',
      'Bitte bis dahin beheben oder stornieren: Amazon zählt verspätete Bestellungen.',
      '',
      'https://console.example.com/alerts/0198c2a4-0000-7000-8000-000000000002',
      '',
      '--',
      'Gemeldet 2026-05-04 22:00 Europe/Berlin, Shop main. Du bekommst dies durch die Regel „Warehouse“.',
      '',
    ]);
    expect(html).toContain('<li>sie wartet auf Ware</li>');
    expect(html).toContain('In Orderbus öffnen');
    expect(compose(templates, single(told('order-new')), inBerlin('de'), undefined).title).toMatch(/2 Stück, 49,90 EUR$/);
  });

  test('says so when the alert has been resolved before it could be sent', () => {
    const alert = told('order-canceled', { resolvedAt: '2026-05-04T20:30:00.000Z' });
    const { title, text, html } = compose(templates, single(alert), inBerlin('en'), undefined);
    expect(title).toMatch(/^Resolved: Order 000000012/);
    expect(text).toContain('\n\nMeanwhile resolved, at 2026-05-04 22:30 Europe/Berlin. Nothing to do.\n');
    expect(html).toContain('class="card settled"');
  });

  test('about many of a kind has their count, shows some, and tells how many more there are', () => {
    const alerts = ['A', 'B'].map((sku, n) =>
      told('stock-low', {
        id: sku,
        tenant: `shop-${n}`,
        data: { ...samples['stock-low'], sku },
        ...(n === 0 ? { resolvedAt: '2026-05-04T21:00:00.000Z' } : {}),
      }),
    );
    const { title, text, html } = compose(
      templates,
      { alerts, counts: { 'stock-low': 500 }, rule: 'Storm', test: false },
      inBerlin('en'),
      consoleUrl,
    );
    expect(title).toBe('Stock running low: 500 alerts');
    expect(text).toContain(
      '- A is running low: 3 units left [shop-0] (resolved)\n- B is running low: 3 units left [shop-1]\n- and 498 more\n',
    );
    expect(html).toContain('<a href="https://console.example.com/alerts/B">B is running low: 3 units left</a>');
  });

  test('about no single store names none', () => {
    const { text, html } = compose(templates, single(told('circuit-open', { tenant: '*' })), inBerlin('en'), undefined);
    expect(text).toContain('Raised 2026-05-04 22:00 Europe/Berlin. You get this');
    expect(html).toContain('<p class="label">System does not answer</p>');
  });

  test('about several kinds lists each under its name', () => {
    const alerts = [told('stock-low'), told('order-blocked'), told('stock-low')];
    const { title, text } = compose(
      templates,
      { alerts, counts: { 'stock-low': 2, 'order-blocked': 1 }, rule: 'Daily', test: false },
      inBerlin('de'),
      undefined,
    );
    expect(title).toBe('3 Meldungen');
    expect(text).toContain(
      '\n\nBestand knapp (2)\n- MUG-BLUE wird knapp: noch 3 Stück\n- MUG-BLUE wird knapp: noch 3 Stück\n\nBestellung blockiert (1)\n',
    );
  });
});

describe('what an alert holds stays text', () => {
  const hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">\r\nBcc: all@example.com\u2028{{ evil }}';

  test('and never becomes markup, in a message of its own or in a list', () => {
    const alert = told('stock-low', { tenant: hostile, data: { ...samples['stock-low'], title: hostile, sku: hostile } });
    for (const counts of [{ 'stock-low': 1 }, { 'stock-low': 2 }]) {
      const { html } = compose(templates, { alerts: [alert], counts, rule: hostile, test: false }, inBerlin('de'), consoleUrl);
      expect(html).not.toMatch(/<script|<img|onerror="/);
      expect(html).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    }
  });

  test('and never becomes a line of its own', () => {
    const alert = told('stock-low', { data: { ...samples['stock-low'], title: hostile, sku: hostile } });
    const { title, text } = compose(templates, { ...single(alert), rule: hostile }, inBerlin('en'), undefined);
    expect(title).not.toMatch(/[\r\n\u2028]/);
    expect(text.split('\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
    expect(text.split('\n')).toHaveLength(6);
  });
});

describe('the service does not start', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'templates-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Loads the templates after a change to one of them. */
  const after = (file: string, change: (source: string) => string | undefined) => () => {
    cpSync(new URL('../templates/', import.meta.url), folder, { recursive: true });
    const changed = change(readFileSync(join(folder, file), 'utf8'));
    if (changed === undefined) rmSync(join(folder, file));
    else writeFileSync(join(folder, file), changed);
    return loadTemplates(pathToFileURL(`${folder}/`));
  };

  test.each<[string, string, (source: string) => string | undefined, RegExp]>([
    [
      'with an unknown variable',
      'de/order-blocked.liquid',
      (s) => s.replaceAll('{{ number }}', '{{ nummer }}'),
      /\n {2}de\/order-blocked\.liquid:5: unknown variable nummer\n/,
    ],
    [
      'with one of an element',
      'en/order-blocked.liquid',
      (s) => s.replaceAll('reason.wanted', 'reason.wnated'),
      /en\/order-blocked\.liquid:12: unknown variable reason\.wnated\n/,
    ],
    [
      'with one behind a condition',
      'en/read-only.liquid',
      (s) => s.replace('A person has', '{{ who.name }} has'),
      /en\/read-only\.liquid:11: unknown variable who\.name$/,
    ],
    [
      'with one in a part',
      'en/parts/cause.liquid',
      (s) => s.replace('{{ reason.sku }} is disabled', '{{ reason.name }}'),
      /en\/order-blocked\.liquid:\d+: unknown variable reason\.name, in parts\/cause$/,
    ],
    ['with a part that is not there', 'en/order-blocked.liquid', (s) => s.replaceAll("'cause'", "'cuase'"), /there is no part cuase/],
    [
      'with an unknown filter',
      'de/order-new.liquid',
      (s) => s.replaceAll('| money', '| mony'),
      /de\/order-new\.liquid:\d+: undefined filter: mony/,
    ],
    [
      'with a tag that is not closed',
      'en/gap-found.liquid',
      (s) => s.replace('{% endfor %}', ''),
      /en\/gap-found\.liquid:\d+: tag .* not closed/,
    ],
    [
      'with something that would not be escaped',
      'en/stock-low.liquid',
      (s) => s.replaceAll('{{ title }}', '{{ title | raw }}'),
      /en\/stock-low\.liquid:\d+: title would not be escaped/,
    ],
    ['without a template', 'de/feed-stuck.liquid', () => undefined, /\n {2}de\/feed-stuck\.liquid: the file is missing$/],
    [
      'without the HTML of one',
      'de/feed-stuck.liquid',
      (s) => s.replace('=== html', '=== htm'),
      /de\/feed-stuck\.liquid: the part "html" is missing$/,
    ],
    [
      'with a frame that asks for too much',
      'en/frames/message.liquid',
      (s) => s.replace('{{ rule }}', '{{ buyer }}'),
      /en\/frames\/message\.liquid:\d+: unknown variable buyer/,
    ],
  ])('%s', (_, file, change, complaint) => {
    expect(after(file, change)).toThrow(complaint);
  });

  test('and names everything that is wrong at once', () => {
    const load = after('en/order-new.liquid', (source) => source.replaceAll('number', 'nr').replaceAll('units |', 'pieces |'));
    expect(load).toThrow(/^Cannot start, the templates are wrong:\n/);
    expect(load).toThrow(/unknown variable nr[\s\S]*unknown variable pieces/);
  });
});
