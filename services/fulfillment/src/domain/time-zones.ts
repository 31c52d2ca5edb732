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

/** As somebody there reads it from the clock, with the zone: `2026-05-04 23:59 Europe/Berlin`. */
export const localText = (at: Date, timeZone: string): string => {
  const { year, month, day, hour, minute } = partsOf(at, timeZone);
  return `${year}-${month}-${day} ${hour}:${minute} ${timeZone}`;
};

/** The moment at which the day there ends. Where the clock is put forward at midnight, that is when the new day begins, whatever it reads. */
export const endOfDay = (at: Date, timeZone: string): Date => {
  const { year, month, day } = partsOf(at, timeZone);
  const reading = Date.UTC(Number(year), Number(month) - 1, Number(day) + 1);
  const guess = reading - offsetMs(new Date(reading), timeZone);
  return new Date(reading - offsetMs(new Date(guess), timeZone));
};

/** How far its clocks are ahead of UTC at this moment. */
const offsetMs = (at: Date, timeZone: string): number => {
  const { year, month, day, hour, minute, second } = partsOf(at, timeZone);
  const reading = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return reading - Math.floor(at.getTime() / 1_000) * 1_000;
};

type Parts = Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute' | 'second', string>>;

const partsOf = (at: Date, timeZone: string): Parts => {
  const parts = formatterOf(timeZone).formatToParts(at);
  return Object.fromEntries(parts.map(({ type, value }) => [type, value])) as unknown as Parts;
};

/** Making one takes longer than using it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();
const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  });
  formatters.set(timeZone, made);
  return made;
};
