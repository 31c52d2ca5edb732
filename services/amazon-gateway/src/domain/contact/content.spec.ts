import { describe, expect, test } from '@jest/globals';
import { allEvents, ContactKind } from '@orderbus/contracts';
import { example } from '@orderbus/contracts/examples';
import { operations } from '../../amazon/operations.ts';
import { subscriptionsOf } from '../../handlers/index.ts';
import { contentIssues } from './content-rules.ts';
import { contactKinds, contactRules, rulesOf } from './kinds.ts';
import { languageOfCountry, objectionToLanguage } from './languages.ts';
import { templateFor, templates } from './templates.ts';

const number = '304-1234567-7654321';
const text = `Zu Ihrer Bestellung ${number}: Welche Farbe soll es sein?`;
const issuesOf = (content: Partial<Parameters<typeof contentIssues>[0]>) =>
  contentIssues({ contact: 'unexpected-problem', text, files: 0, ...content }, number);
const written = contactKinds.filter((contact) => rulesOf(contact).text);

test('order confirmations and shipping confirmations cannot be sent: there is no kind for them, and nothing is said by itself', () => {
  expect(ContactKind.options).toEqual(Object.keys(contactRules));
  expect(ContactKind.options.toSorted()).toEqual([
    'confirm-customization',
    'confirm-delivery',
    'confirm-order-details',
    'confirm-service',
    'digital-access-key',
    'invoice',
    'legal-disclosure',
    'request-review',
    'unexpected-problem',
    'warranty',
  ]);
  for (const wish of ['order-confirmation', 'shipping-confirmation', 'order-received', 'thank-you', 'feedback-removal'])
    expect(ContactKind.safeParse(wish).success).toBe(false);
  // Whoever may be written to, it is by these operations; none of Amazon's others that reach buyers is called at all.
  const reaching = Object.entries(operations).filter(([name, plan]) => plan.class === 'contacts' && !name.startsWith('get'));
  expect(reaching).toHaveLength(contactKinds.length + 1);
  // No event of any service leads to a message.
  const asked = subscriptionsOf({ name: 'ledger', run: async () => [] }).map(({ event, toItem }) => toItem(example(event))?.command);
  expect(asked.length).toBeGreaterThan(5);
  expect(allEvents.length).toBeGreaterThan(asked.length);
  expect(JSON.stringify(asked)).not.toContain('"contact"');
});

describe('a text', () => {
  test('that keeps to the rules is taken, up to the last character', () => {
    expect(issuesOf({})).toEqual([]);
    for (const contact of written) {
      const { longest = 0 } = rulesOf(contact).text ?? {};
      expect(issuesOf({ contact, text: number + '✂'.repeat(longest - number.length) })).toEqual([]);
      expect(issuesOf({ contact, text: number + '✂'.repeat(longest - number.length + 1) })).toMatchObject([
        { field: 'text', message: expect.stringContaining(String(longest)), code: 'contact.too-long' },
      ]);
    }
    expect(written.map((contact) => rulesOf(contact).text?.longest)).toEqual([800, 2_000, 2_000, 2_000, 400, 2_000]);
  });

  test.each<[string, string, RegExp]>([
    ['is missing', ' ', /Missing/],
    ['has HTML', `${number} <b>now</b>`, /HTML/],
    ['has a closing tag', `${number} </p>`, /HTML/],
    ['has an entity', `${number} &nbsp;x`, /HTML/],
    ['has a mail address', `${number}: write to shop@example.test`, /E-mail/],
    ['has no order number', 'What colour?', /304-1234567-7654321/],
    ['has another order number', '304-0000000-0000000', /304-1234567-7654321/],
    ['has a blank that is not filled in', `${number} [details]`, /blank/],
    ['has a link that is not safe', `${number} http://shop.example.test`, /https/],
    ['has a bare link', `${number} look at my-shop.example.com/x`, /https/],
    ['has a link of another kind', `${number} ftp://files.example.test`, /https/],
  ])('that %s is not, and the rule is named', (_what, wrong, rule) => {
    const issues = issuesOf({ text: wrong, linksAreOnTopic: true });
    expect(issues.filter(({ message }) => rule.test(message))).not.toEqual([]);
    expect(JSON.stringify(issues)).not.toContain('example.test');
  });

  test('may have links only about its topic, which a person vouches for', () => {
    const linked = `${number}: https://track.example.com/17`;
    for (const contact of written) {
      const [issue] = issuesOf({ contact, text: linked });
      expect(issue).toMatchObject({ field: 'linksAreOnTopic', message: expect.stringContaining(rulesOf(contact).text?.links ?? '-') });
      expect(issuesOf({ contact, text: linked, linksAreOnTopic: true })).toEqual([]);
    }
  });

  test.each(['It costs 3 < 4 & more than 1.5.', 'R&D; see §3', 'Mr. Example, 12.5 cm. Yes? [', 'a.b'])(
    'with %j has neither HTML nor links',
    (words) => {
      expect(issuesOf({ text: `${number} ${words}` })).toEqual([]);
    },
  );

  test.each(contactKinds)('belongs to some kinds, files to others: %s', (contact) => {
    const { text: own, files: { least = 0 } = {} } = rulesOf(contact);
    const fields = (content: object) => issuesOf({ contact, ...content }).map(({ field }) => field);
    const fitting = own ? text : undefined;
    expect(fields({ text: fitting, files: least })).toEqual([]);
    expect(fields({ text: own ? undefined : text, files: least })).toEqual(['text']);
    expect(fields({ text: fitting, files: 6 })).toEqual(['attachments']);
    expect(fields({ text: fitting, files: 0 })).toEqual(least > 0 ? ['attachments'] : []);
  });
});

describe('the language of the buyer', () => {
  test.each([
    ['de', 'de-DE', true],
    ['de-AT', 'de-DE', true],
    ['EN', 'en-GB', true],
    ['en', 'de-DE', false],
    ['pt_BR', 'pt-PT', true],
  ])('%s for who reads %s: %s', (language, read, fits) => {
    expect(objectionToLanguage(language, { language: read, from: 'buyer' }) === undefined).toBe(fits);
    expect(objectionToLanguage(language, { language: read, from: 'marketplace' })).toBeUndefined();
  });

  test('is guessed from the marketplace where Amazon does not say', () => {
    expect(['DE', 'JP', 'US', 'XX', undefined].map(languageOfCountry)).toEqual(['de', 'ja', 'en', 'en', 'en']);
  });
});

describe('a template', () => {
  test('is there for every text in six languages, has the number of the order, and is refused until its blanks are filled in', () => {
    expect(Object.keys(templates)).toEqual(['en', 'de', 'fr', 'es', 'it', 'ja']);
    for (const language of Object.keys(templates))
      for (const contact of written) {
        const template = templateFor(contact, `${language}-XX`, number) ?? '';
        expect(issuesOf({ contact, text: template })).toMatchObject([{ field: 'text', message: expect.stringContaining('blank') }]);
        expect(issuesOf({ contact, text: template.replaceAll(/\[[^\]]+\]/g, 'x') })).toEqual([]);
      }
  });

  test('is not offered in a language that nobody here has written it in, nor for what has no text', () => {
    expect(templateFor('confirm-delivery', 'pl-PL', number)).toBeUndefined();
    expect(templateFor('request-review', 'de-DE', number)).toBeUndefined();
  });
});
