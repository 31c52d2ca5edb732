import { expect, test } from '@jest/globals';
import { isDry, mergeTails, withoutAnswered } from './merge.ts';

const at = (...times: string[]) => times.map((time) => ({ at: time }));

test('logs that have been read to their end are one, newest first', () => {
  const { shown, tails } = mergeTails([
    { held: at('09', '03'), hasEnded: true },
    { held: at('07', '05'), hasEnded: true },
  ]);
  expect(shown.map((entry) => entry.at)).toEqual(['09', '07', '05', '03']);
  expect(tails.every(({ held }) => held.length === 0)).toBe(true);
});

test('what a log that goes on may still precede waits', () => {
  const { shown, tails } = mergeTails([
    { held: at('09', '03'), hasEnded: true },
    { held: at('07', '05'), cursor: 'next', hasEnded: false },
  ]);
  expect(shown.map((entry) => entry.at)).toEqual(['09', '07', '05']);
  expect(tails.map(({ held }) => held)).toEqual([at('03'), []]);
  expect(tails.map(isDry)).toEqual([false, true]);
});

test('a question is shown as long as its answer is not', () => {
  const entry = (service: string, seq: number, outcome: string, answers: number | null) => ({ service, seq, outcome, answers });
  const shown = withoutAnswered([
    entry('order', 4, 'done', 3),
    entry('billing', 3, 'asked', null),
    entry('order', 3, 'asked', null),
    entry('order', 2, 'done', null),
  ]);
  expect(shown.map(({ service, seq }) => `${service} ${seq}`)).toEqual(['order 4', 'billing 3', 'order 2']);
});
