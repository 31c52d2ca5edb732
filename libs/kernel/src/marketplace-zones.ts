/** Where the days of a country's marketplace begin and end: the windows for shipping do so at its midnight. By ISO 3166. */
const zoneOf = new Map([
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

/** A country whose days we do not know has those of UTC, and the texts say so. */
export const timeZoneOf = (country: string | null): string => zoneOf.get(country ?? '') ?? 'UTC';

/** The countries whose days we know. */
export const knownCountries: readonly string[] = [...zoneOf.keys()];
