import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isTimeZone, localText, momentsAt } from './time-zones.ts';

const at = (time: string, zone: string, day: string, days = 0): string[] =>
  momentsAt(new Date(day), zone, days, time).map((moment) => moment.toISOString());

describe('a time of the day', () => {
  test('comes once on most days, at the offset of that day', () => {
    expect(at('07:30', 'Europe/Berlin', '2026-01-15T12:00:00Z')).toEqual(['2026-01-15T06:30:00.000Z']);
    expect(at('07:30', 'Europe/Berlin', '2026-07-15T12:00:00Z')).toEqual(['2026-07-15T05:30:00.000Z']);
    expect(at('07:30', 'Asia/Kolkata', '2026-07-15T20:00:00Z')).toEqual(['2026-07-16T02:00:00.000Z']);
    expect(at('00:00', 'America/Los_Angeles', '2026-12-31T12:00:00Z', 1)).toEqual(['2027-01-01T08:00:00.000Z']);
  });

  test('comes twice when the clock is put back over it', () => {
    expect(at('02:30', 'Europe/Berlin', '2026-10-25T10:00:00Z')).toEqual(['2026-10-25T00:30:00.000Z', '2026-10-25T01:30:00.000Z']);
    expect(at('01:30', 'America/New_York', '2026-11-01T12:00:00Z')).toEqual(['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z']);
  });

  test('is passed over when the clock is put forward, and then counts as that moment', () => {
    for (const time of ['02:00', '02:30', '02:59'])
      expect(at(time, 'Europe/Berlin', '2026-03-29T12:00:00Z')).toEqual(['2026-03-29T01:00:00.000Z']);
    expect(at('03:00', 'Europe/Berlin', '2026-03-29T12:00:00Z')).toEqual(['2026-03-29T01:00:00.000Z']);
    expect(at('02:15', 'Australia/Lord_Howe', '2026-10-03T20:00:00Z')).toEqual(['2026-10-03T15:30:00.000Z']);
  });

  test('is what the clock there shows, in all zones, unless it is passed over', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'America/Sao_Paulo',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'UTC',
    ];
    const days = fc.date({ min: new Date('2025-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    const times = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, times, (zone, day, [hours, minutes]) => {
        const time = [hours, minutes].map((part) => String(part).padStart(2, '0')).join(':');
        const reads = (moment: Date): string => localText(moment, zone).slice(0, 16);
        const wanted = `${reads(day).slice(0, 10)} ${time}`;
        for (const moment of momentsAt(day, zone, 0, time)) {
          if (reads(moment) === wanted) continue;
          expect(reads(new Date(moment.getTime() - 1_000)) < wanted && wanted < reads(moment)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

test('a zone has a name that is known', () => {
  for (const name of ['Europe/Berlin', 'America/Argentina/Buenos_Aires', 'UTC']) expect(isTimeZone(name)).toBe(true);
  for (const name of ['Berlin', 'Mars/Olympus', '', '25:00']) expect(isTimeZone(name)).toBe(false);
});
