import { localText } from '@orderbus/kernel';

/** Whose midnight ends the day of a country's marketplace. By ISO 3166. */
const zones = new Map([
  ['AE', 'Asia/Dubai'],
  ['AU', 'Australia/Sydney'],
  ['BE', 'Europe/Brussels'],
  ['BR', 'America/Sao_Paulo'],
  ['CA', 'America/Toronto'],
  ['DE', 'Europe/Berlin'],
  ['EG', 'Africa/Cairo'],
  ['ES', 'Europe/Madrid'],
  ['FR', 'Europe/Paris'],
  ['GB', 'Europe/London'],
  ['IE', 'Europe/Dublin'],
  ['IN', 'Asia/Kolkata'],
  ['IT', 'Europe/Rome'],
  ['JP', 'Asia/Tokyo'],
  ['MX', 'America/Mexico_City'],
  ['NL', 'Europe/Amsterdam'],
  ['PL', 'Europe/Warsaw'],
  ['SA', 'Asia/Riyadh'],
  ['SE', 'Europe/Stockholm'],
  ['SG', 'Asia/Singapore'],
  ['TR', 'Europe/Istanbul'],
  ['US', 'America/Los_Angeles'],
  ['ZA', 'Africa/Johannesburg'],
]);

/** UTC where the country is not known. */
export const timeZoneOf = (country: string | null): string => zones.get(country ?? '') ?? 'UTC';

/** The date that a calendar there shows: `2026-05-04`. */
export const dayOf = (at: Date, timeZone: string): string => localText(at, timeZone).slice(0, 'yyyy-mm-dd'.length);

/** So many days before or after a date. */
export const daysFrom = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 'yyyy-mm-dd'.length);
