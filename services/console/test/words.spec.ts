import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { allEvents } from '@orderbus/contracts';
import i18next, { type i18n } from 'i18next';
import { entriesOfWrite, entryOfFailure } from '../src/domain/amazon-calls.ts';
import { factsOf, factsOfCall } from '../src/domain/event-facts.ts';
import type { Facts } from '../src/domain/sentence.ts';
import { actionKinds, confirmations } from '../src/domain/stuck/actions.ts';
import { codes, whyStuck } from '../src/domain/stuck.ts';
import { shown } from '../web/src/words/shown.ts';
import { examples } from './stuck-examples.ts';

const languages = ['en', 'de'] as const;
const folder = new URL('../web/src/words/', import.meta.url);

/** Amazon's programs, of orders and of lines, and what the gateway adds to them. */
const programs = [
  ...['amazon-bazaar', 'amazon-easy-ship', 'amazon-haul', 'business', 'delivery-by-amazon', 'fbm-ship-plus', 'in-store-pickup'],
  ...['invoice-by-amazon', 'premium', 'preorder', 'prime', 'subscribe-and-save', 'transparency', 'cash-on-delivery', 'non-amazon'],
];

const areas: string[] = [];
const words: Record<string, Record<string, object>> = { en: {}, de: {} };
const speakers = new Map<string, i18n>();

beforeAll(async () => {
  const files = (await readdir(folder)).flatMap((file) => /^(\w+)\.(en|de)\.ts$/.exec(file)?.slice(1) ?? []);
  for (let n = 0; n < files.length; n += 2) {
    const [area, language] = [files[n] as string, files[n + 1] as string];
    if (language === 'en') areas.push(area);
    words[language] = { ...words[language], [area]: (await import(new URL(`${area}.${language}.ts`, folder).href)).default };
  }
  for (const language of languages) {
    const speaker = i18next.createInstance();
    const resources = { [language]: words[language] as Record<string, Record<string, unknown>> };
    await speaker.init({ lng: language, fallbackLng: false, resources, returnNull: false, interpolation: { escapeValue: false } } as never);
    speakers.set(language, speaker);
  }
});

/** Every text by its key. */
const texts = (part: unknown, at = ''): [string, string][] =>
  typeof part === 'string' ? [[at, part]] : Object.entries(Object(part)).flatMap(([key, value]) => texts(value, `${at}.${key}`));

const variables = (text: string): string[] => [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/g)].map(([, name = '']) => name).sort();

const say = (language: string, key: string, facts: Facts): string => {
  const speaker = speakers.get(language) as i18n;
  const writing = {
    money: (minor: number, currency: string) => `${minor / 100} ${currency}`,
    moment: (at: string) => at.slice(0, 16),
    list: (items: readonly string[]) => items.join(', '),
    field: (name: string) => speaker.t(`stuck:field.${name}`),
  };
  return (speaker.t as (key: string, facts: object) => string)(key, shown(facts, writing)).trim();
};

/** A sentence that says nothing instead of its words, or has a gap. */
const isBroken = (sentence: string, key: string): boolean =>
  sentence === '' || sentence.includes(key.split(':')[1] ?? key) || /\{\{|\$t\(|undefined|null|\[object|\bsay\.|\babout\./.test(sentence);

describe('the words of the console', () => {
  test('are there in both languages for the same, and tell the same facts', () => {
    expect(areas).toEqual(expect.arrayContaining(['common', 'stuck', 'events']));
    for (const area of areas) {
      const [english, german] = [new Map(texts(words.en?.[area])), new Map(texts(words.de?.[area]))];
      expect([area, ...german.keys()].sort()).toEqual([area, ...english.keys()].sort());
      for (const [key, text] of english) expect([area, key, variables(german.get(key) ?? '')]).toEqual([area, key, variables(text)]);
    }
  });

  test('are for nothing that there is not', () => {
    const base = (area: string, part: string): string[] =>
      Object.keys(Object(Object(words.en?.[area])[part])).map((key) => key.split('_')[0] ?? '');
    expect([...base('stuck', 'what'), ...base('stuck', 'todo')].filter((code) => !codes.includes(code as never))).toEqual([]);
    expect(base('stuck', 'do').filter((kind) => !(kind in actionKinds))).toEqual([]);
    const types = allEvents.map(({ type }) => type);
    const lines = texts(words.en?.events).map(([key]) => key.slice(1));
    const own = /^(say\..*|amazon-write\..*|failed-call)$/;
    expect(lines.filter((key) => !own.test(key) && !types.some((type) => key === type || key.startsWith(`${type}_`)))).toEqual([]);
  });

  test('are somewhere in each text', () => {
    const empty = languages.flatMap((language) =>
      areas.flatMap((area) => texts(words[language]?.[area]).filter(([, text]) => text.trim() === '')),
    );
    expect(empty).toEqual([]);
  });
});

describe.each(languages)('in %s', (language) => {
  test.each(codes)('an order that is stuck because of %s is told why, what it means and what to do', (code) => {
    for (const known of examples[code]) {
      const stuck = whyStuck(known);
      for (const part of ['what', 'todo']) {
        const key = `stuck:${part}.${code}`;
        const sentence = say(language, key, stuck?.facts ?? {});
        expect([sentence, isBroken(sentence, key)]).toEqual([expect.stringMatching(/[.)!?]$|: \S/), false]);
      }
    }
  });

  test.each(programs)('the program %s has a name', (program) => {
    const key = `common:program.${program}`;
    expect([say(language, key, {}), isBroken(say(language, key, {}), key)]).toEqual([expect.stringMatching(/^\p{Lu}/u), false]);
  });

  test('every button, and every second question, has its words', () => {
    const keys = [...Object.keys(actionKinds).map((kind) => `stuck:do.${kind}`), ...confirmations.map((each) => `stuck:confirm.${each}`)];
    expect(keys.filter((key) => isBroken(say(language, key, {}), key))).toEqual([]);
  });

  test.each(allEvents.map((event) => [event.topic, event] as const))('%s has a line in the timeline', async (topic, event) => {
    const example = new URL(`../../../libs/contracts/examples/${topic}.json`, import.meta.url);
    const { data } = event.parse(JSON.parse(await readFile(example, 'utf8')));
    const facts = factsOf(event.type, data);
    expect(facts).toBeDefined();
    const line = say(language, `events:${event.type}`, facts ?? {});
    expect([line, isBroken(line, event.type)]).toEqual([expect.stringMatching(/\w/), false]);
  });

  test('what Amazon was asked, and what came of it, has a line in the timeline', () => {
    const at = '2026-03-02T10:00:00.000Z';
    const write = { id: 'w', storeId: 'main', kind: 'refund', state: 'pending', attempts: 1, requestedAt: at } as const;
    const entries = [
      ...['accepted', 'refused', 'not-sent', 'unknown'].flatMap((result) =>
        entriesOfWrite({ ...write, answer: { result, at, words: 'So.' } }),
      ),
      ...['found', 'absent', 'unknown'].flatMap((result) => entriesOfWrite({ ...write, readBack: { result, at } })),
      ...['resend', 'done', 'failed'].flatMap((did) => entriesOfWrite({ ...write, decision: { did, by: 'Ada', at } })),
      entryOfFailure({ id: 'f', storeId: 'main', operation: 'getOrder', code: 'c', message: 'No.', httpStatus: 500, requestId: null, at }),
    ];
    const lines = entries.map((entry) => {
      const key = entry.kind === 'failed-call' ? entry.kind : entry.type;
      return [say(language, `events:${key}`, factsOfCall(entry)), key] as const;
    });
    expect(lines.filter(([line, key]) => isBroken(line, key))).toEqual([]);
  });

  test('what a person wrote is text, whatever it looks like', () => {
    const reason = 'see {{by}} and $t(stuck:title) <b>';
    expect(say(language, 'stuck:what.held', { context: 'reason', by: 'Mara', reason })).toContain(reason);
  });
});

describe('the line of an event', () => {
  test('adds up what a refund asks for', () => {
    const lines = [{ components: [{ amountMinor: 500 }, { amountMinor: -100 }] }, { components: [{ amountMinor: 50 }] }];
    expect(factsOf('refund.requested', { currency: 'EUR', reason: 'exchange', lines })).toMatchObject({
      totalMinor: 450,
      context: 'first',
    });
  });

  test('of an event that nobody knows is left to the reader', () => {
    expect(factsOf('order.painted', {})).toBeUndefined();
  });
});
