import { describe, expect, test } from '@jest/globals';
import { type Shown, shownNext } from './shown-needs.ts';

interface Item {
  readonly id: string;
}
const items = (...ids: string[]): Item[] => ids.map((id) => ({ id }));
const written = (shown: readonly Shown<Item>[]): string => shown.map(({ item, settled }) => (settled ? `(${item.id})` : item.id)).join(' ');
const shown = shownNext<Item>([], items('a', 'b', 'c'), false);

describe('the list of needs, followed live', () => {
  test('is what is open, in its order', () => {
    expect(written(shown)).toBe('a b c');
    expect(written(shownNext(shown, items('new', 'a', 'c'), false))).toBe('new a c');
  });

  test('keeps what was settled in its place while somebody points at it', () => {
    expect(written(shownNext(shown, items('a', 'c'), true))).toBe('a (b) c');
  });

  test('puts what is new last meanwhile, and where it belongs afterwards', () => {
    const held = shownNext(shown, items('new', 'a', 'b', 'c'), true);
    expect(written(held)).toBe('a b c new');
    expect(written(shownNext(held, items('new', 'a', 'b', 'c'), false))).toBe('new a b c');
  });

  test('opens again what was settled and comes back', () => {
    const settled = shownNext(shown, items('a', 'c'), true);
    expect(written(shownNext(settled, items('a', 'b', 'c'), true))).toBe('a b c');
  });
});
