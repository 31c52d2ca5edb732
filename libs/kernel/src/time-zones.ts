/** A moment of the day as a clock on the wall shows it: `07:30`. */
export type TimeOfDay = string;

/** Is it the name of a zone of the IANA database, or one of its links? */
export const isTimeZone = (name: string): boolean => {
  try {
    return formatterOf(name) !== undefined;
  } catch {
    return false;
  }
};

/** As somebody there reads it from the clock, with the zone: `2026-05-04 23:59 Europe/Berlin`. */
export const localText = (at: Date, timeZone: string): string => {
  const { year, month, day, hour, minute } = partsOf(at, timeZone);
  return `${year}-${month}-${day} ${hour}:${minute} ${timeZone}`;
};

/** What the clock there shows. */
export const timeOfDay = (at: Date, timeZone: string): TimeOfDay => {
  const { hour, minute } = partsOf(at, timeZone);
  return `${hour}:${minute}`;
};

/** The moment at which the day there ends. Where the clock is put forward at midnight, that is when the new day begins, whatever it reads. */
export const endOfDay = (at: Date, timeZone: string): Date => {
  const [end] = momentsAt(at, timeZone, 1, '00:00');
  return end;
};

/**
 * When the clock there shows this time, some days after the day of `at`. As a rule once. Twice where the clock is put back over it; where it is put
 * forward over it, at the moment when that happens.
 */
export const momentsAt = (at: Date, timeZone: string, days: number, time: TimeOfDay): readonly [Date, ...Date[]] => {
  const { year, month, day } = partsOf(at, timeZone);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const reading = Date.UTC(Number(year), Number(month) - 1, Number(day) + days, hours, minutes);
  // No zone changes its clock twice within two days.
  const [before, after] = [offsetMs(reading - dayMs, timeZone), offsetMs(reading + dayMs, timeZone)];
  const candidates = [...new Set([reading - before, reading - after])].sort((a, b) => a - b);
  const [first, ...others] = candidates
    .filter((moment) => moment + offsetMs(moment, timeZone) === reading)
    .map((moment) => new Date(moment));
  return first === undefined ? [whenPutForward(reading, before, after, timeZone)] : [first, ...others];
};

/** The moment from which the clock is ahead: between two that the offsets before and after it lead to. */
const whenPutForward = (reading: number, before: number, after: number, timeZone: string): Date => {
  let [early, late] = [reading - after, reading - before];
  while (late - early > 1_000) {
    const middle = Math.floor((early + late) / 2_000) * 1_000;
    if (offsetMs(middle, timeZone) === before) early = middle;
    else late = middle;
  }
  return new Date(late);
};

const dayMs = 86_400_000;

/** How far its clocks are ahead of UTC at this moment. */
const offsetMs = (moment: number, timeZone: string): number => {
  const { year, month, day, hour, minute, second } = partsOf(new Date(moment), timeZone);
  const reading = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return reading - Math.floor(moment / 1_000) * 1_000;
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
