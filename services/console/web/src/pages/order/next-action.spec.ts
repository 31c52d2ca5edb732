import { expect, test } from '@jest/globals';
import type { OrderAction } from './actions/action.ts';
import { arranged } from './next-action.ts';

const actions = ['ship', 'invoice', 'credit-memo', 'accept-cancel', 'hold', 'comment'].map((id) => ({ id })) as unknown as OrderAction[];
const shown = (...possible: readonly string[]) => {
  const { primary, secondary, others } = arranged(actions, ({ id }) => possible.includes(id));
  return [primary?.id, secondary.map(({ id }) => id), others.map(({ id }) => id)];
};

test('the button that stands out is what people do next; nothing is left out', () => {
  expect(shown('ship', 'invoice', 'hold', 'comment')).toEqual(['ship', ['invoice'], ['credit-memo', 'accept-cancel', 'hold', 'comment']]);
  expect(shown('accept-cancel', 'ship', 'comment')[0]).toBe('accept-cancel');
  expect(shown('credit-memo', 'comment').slice(0, 2)).toEqual(['credit-memo', ['comment']]);
});

test('what is possible but not likely stays in the menu, as does what is not possible', () => {
  expect(shown('hold')).toEqual([undefined, [], actions.map(({ id }) => id)]);
});
