import { describe, expect, test } from '@jest/globals';
import { filtersOf, isNarrowed, searchOf, searchOfFilters } from './search.ts';

const local = (year: number, month: number, day: number): string => new Date(year, month - 1, day).toISOString();

describe('the address of the list', () => {
  test('is read with lists as text, and numbers that the router has taken for numbers', () => {
    expect(searchOf({ state: 'new,blocked', number: 100000482, needsAttention: true, q: 'jar' })).toEqual({
      state: 'new,blocked',
      number: '100000482',
      needsAttention: 'true',
      q: 'jar',
    });
  });

  test('may have been written as lists, too', () => {
    expect(searchOf({ state: ['new', 'blocked'] })).toEqual({ state: 'new,blocked' });
  });

  test('says nothing where it makes no sense', () => {
    expect(searchOf({ sort: 'beauty', purchasedFrom: 'soon', fulfilledBy: 'nobody', q: '  ', tag: [], unknown: 1 })).toEqual({});
  });

  test('means days of the reader, the last one to its end', () => {
    expect(filtersOf({ purchasedFrom: '2026-11-01', purchasedTo: '2026-11-30' }, undefined)).toEqual({
      purchasedFrom: local(2026, 11, 1),
      purchasedTo: local(2026, 12, 1),
    });
  });

  test('means the very moment where it names one', () => {
    expect(filtersOf({ shipByTo: '2026-11-30T17:00:00+01:00' }, undefined)).toEqual({ shipByTo: '2026-11-30T16:00:00.000Z' });
  });

  test('asks for one store where the page is limited to it', () => {
    expect(filtersOf({ tenant: 'a,b' }, 'c')).toEqual({ tenant: ['c'] });
    expect(filtersOf({ tenant: 'a,b' }, undefined)).toEqual({ tenant: ['a', 'b'] });
  });

  test('passes over states that there are none of', () => {
    expect(filtersOf({ state: 'new,lost' }, undefined)).toEqual({ state: ['new'] });
  });

  test('is the same after it was a saved view', () => {
    const search = searchOf({
      state: 'held,blocked',
      tag: 'gift',
      purchasedFrom: '2026-11-01',
      shipByTo: '2026-12-03',
      currency: 'EUR',
      minTotal: '50',
      fulfilledBy: 'merchant',
      needsAttention: 'false',
      sort: 'shipBy',
    });
    expect(searchOfFilters(filtersOf(search, undefined), 'shipBy')).toEqual({ ...search, state: 'blocked,held' });
  });

  test('narrows by filters, not by sorting or by what is open', () => {
    expect(isNarrowed({ sort: '-total', view: 'v', look: 'o' })).toBe(false);
    expect(isNarrowed({ q: 'jar' })).toBe(true);
  });
});
