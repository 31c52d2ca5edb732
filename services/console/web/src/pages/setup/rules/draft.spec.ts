import { expect, test } from '@jest/globals';
import { asRead, draftOf, inputOf, isComplete, newDraft } from './draft.ts';
import type { Rule } from './rules.ts';

const rule: Rule = {
  id: '0198a6a0-0000-7000-8000-000000000001',
  name: 'Warehouse',
  enabled: true,
  kinds: ['order-blocked', 'ship-by-missed'],
  language: 'de',
  timeZone: 'Europe/Berlin',
  schedule: { when: 'daily', at: ['08:00', '14:00'] },
  quietHours: { from: '20:00', until: '06:30', except: ['ship-by-missed'] },
  targets: [
    { channel: 'mail', id: '0198a6a0-0000-7000-8000-000000000002', address: 'packing@shop.example' },
    { channel: 'slack', id: '0198a6a0-0000-7000-8000-000000000003', url: 'https://hooks.slack.example/…cret', language: 'en' },
  ],
};

test('what was read is written back as it was: a hook under its id, with what is shown of its address', () => {
  expect(asRead(rule)).toEqual({
    ...rule,
    targets: [{ channel: 'mail', address: 'packing@shop.example' }, rule.targets[1]],
  });
});

test('without quiet hours none are written', () => {
  expect(inputOf({ ...draftOf(rule), quiet: false })).not.toHaveProperty('quietHours');
});

test('a rule needs a name, somebody who is told, and something to tell', () => {
  const draft = { ...newDraft('en', 'UTC'), name: 'Me' };
  expect(isComplete(draft)).toBe(false);
  const told = { ...draft, targets: draft.targets.map((target) => ({ ...target, to: 'mara@shop.example' })) };
  expect(isComplete(told)).toBe(true);
  expect(isComplete({ ...told, allKinds: false })).toBe(false);
});
