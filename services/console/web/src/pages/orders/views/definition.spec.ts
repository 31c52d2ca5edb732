import { describe, expect, test } from '@jest/globals';
import { definitionOf, isAsSaved, layoutOf } from './definition.ts';

const layout = { order: ['number', 'buyer', 'status', 'total', 'note'], hidden: ['note'], density: 'compact' } as const;

describe('a saved view', () => {
  test('keeps the filters but not what was searched for, which may be a name', () => {
    expect(definitionOf({ q: 'Mara', state: ['held'] }, 'shipBy', layout)).toEqual({
      filters: { state: ['held'] },
      sort: 'shipBy',
      columns: ['number', 'status', 'total'],
      density: 'compact',
    });
  });

  test('shows its columns in its order, and leaves those alone that it knows nothing of', () => {
    expect(layoutOf({ columns: ['total', 'number', 'note'], density: 'comfortable' }, layout)).toEqual({
      order: ['total', 'number', 'note', 'buyer', 'status'],
      hidden: ['status'],
      density: 'comfortable',
    });
  });

  test('has not changed when nothing but the order of its filters has', () => {
    const saved = definitionOf({ state: ['held'], tag: ['gift'] }, 'shipBy', layout);
    expect(isAsSaved(saved, definitionOf({ tag: ['gift'], state: ['held'] }, 'shipBy', layout))).toBe(true);
    expect(isAsSaved(saved, definitionOf({ tag: ['gift'], state: ['held'] }, '-shipBy', layout))).toBe(false);
    expect(isAsSaved(saved, definitionOf({ tag: ['gift'], state: ['held'] }, 'shipBy', { ...layout, density: 'comfortable' }))).toBe(false);
    expect(isAsSaved(saved, definitionOf({ tag: ['gift'], state: ['held'] }, 'shipBy', { ...layout, hidden: ['total', 'note'] }))).toBe(
      false,
    );
  });
});
