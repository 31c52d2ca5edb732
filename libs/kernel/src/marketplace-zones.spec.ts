import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { knownCountries, timeZoneOf } from './marketplace-zones.ts';
import { endOfDay, localText } from './time-zones.ts';

const ends = (at: string, country: string): string => endOfDay(new Date(at), timeZoneOf(country)).toISOString();

describe('a day', () => {
  test.each([
    ['in Germany, in winter', '2026-01-15T12:00:00Z', 'DE', '2026-01-15T23:00:00.000Z'],
    ['in Germany, in summer', '2026-07-15T12:00:00Z', 'DE', '2026-07-15T22:00:00.000Z'],
    ['in Germany, when the clock is put forward', '2026-03-29T00:30:00Z', 'DE', '2026-03-29T22:00:00.000Z'],
    ['in Germany, the evening before that', '2026-03-28T22:30:00Z', 'DE', '2026-03-28T23:00:00.000Z'],
    ['in Germany, when the clock is put back', '2026-10-25T10:00:00Z', 'DE', '2026-10-25T23:00:00.000Z'],
    ['in Germany, the evening before that', '2026-10-24T21:30:00Z', 'DE', '2026-10-24T22:00:00.000Z'],
    ['in the United States, when the clock is put forward', '2026-03-08T09:00:00Z', 'US', '2026-03-09T07:00:00.000Z'],
    ['in the United States, when the clock is put back', '2026-11-01T08:30:00Z', 'US', '2026-11-02T08:00:00.000Z'],
    ['in Australia, when the clock is put back', '2026-04-05T00:00:00Z', 'AU', '2026-04-05T14:00:00.000Z'],
    ['in Australia, when the clock is put forward', '2026-10-04T00:00:00Z', 'AU', '2026-10-04T13:00:00.000Z'],
    ['in Egypt, when the next one has no midnight', '2026-04-23T12:00:00Z', 'EG', '2026-04-23T22:00:00.000Z'],
    ['in Egypt, when its last hour comes twice', '2026-10-29T12:00:00Z', 'EG', '2026-10-29T22:00:00.000Z'],
    ['in India, half an hour beside the others', '2026-05-04T20:00:00Z', 'IN', '2026-05-05T18:30:00.000Z'],
    ['in Japan, on the other side of the world', '2026-05-04T15:00:00Z', 'JP', '2026-05-05T15:00:00.000Z'],
    ['nobody knows where, as in UTC', '2026-05-04T23:59:59Z', 'XX', '2026-05-05T00:00:00.000Z'],
  ])('%s ends at its midnight', (_, at, country, end) => expect(ends(at, country)).toBe(end));

  test('ends where the next one begins, in every country, at every moment', () => {
    const moments = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...knownCountries), moments, (country, at) => {
        const zone = timeZoneOf(country);
        const dayOf = (moment: number): string => localText(new Date(moment), zone).slice(0, 10);
        const end = endOfDay(at, zone).getTime();
        expect(end).toBeGreaterThan(at.getTime());
        expect(dayOf(end - 1)).toBe(dayOf(at.getTime()));
        expect(dayOf(end)).not.toBe(dayOf(at.getTime()));
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a moment in words', () => {
  test('is read from the clock of the marketplace, with its zone', () => {
    const at = new Date('2026-05-05T06:59:59Z');
    expect(localText(at, timeZoneOf('US'))).toBe('2026-05-04 23:59 America/Los_Angeles');
    expect(localText(at, timeZoneOf('JP'))).toBe('2026-05-05 15:59 Asia/Tokyo');
    expect(localText(new Date('2026-05-04T22:00:00Z'), timeZoneOf('DE'))).toBe('2026-05-05 00:00 Europe/Berlin');
  });

  test('says that it is UTC where the country is not known', () => {
    expect(localText(new Date('2026-05-05T06:59:59Z'), timeZoneOf(null))).toBe('2026-05-05 06:59 UTC');
  });
});
