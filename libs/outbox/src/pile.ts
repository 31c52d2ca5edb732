import { allStores, DeadLettersOpened, DeadLettersSettled } from '@orderbus/contracts';

/** Dead letters of one store and event that failed for one reason: they are told of together, so that a storm of them is one piece of news. */
export interface Pile {
  readonly tenant: string;
  readonly topic: string;
  /** The code alone: what follows it at the letter may quote the message. */
  readonly reason: string;
  /** Empty: no error was thrown. */
  readonly errorClass: string;
}

/** What is looked at of a letter. */
interface Letter {
  readonly topic: string;
  readonly reason: string;
  readonly errorClass: string | null;
  readonly payload: Buffer;
}

/** Where a letter belongs, and which order it is about. No pile: nobody is told of it. */
export interface Sorted {
  readonly pile: Pile | undefined;
  readonly orderId: string | undefined;
}

/**
 * Looks into a letter for what may be told of it: names of ours, and ids. Whatever else stands in their place, a stranger's words or a
 * buyer's, is told as unknown. Letters about dead letters are on no pile: telling of them would make others.
 */
export const sort = (letter: Letter): Sorted => {
  const { tenant, data } = parsed(letter.payload);
  const orderId = matching(uuid, data?.orderId);
  if (untold.has(letter.topic)) return { pile: undefined, orderId };
  const pile = {
    tenant: matching(storeId, tenant) ?? allStores,
    topic: matching(topicName, letter.topic) ?? 'unknown',
    reason: matching(code, letter.reason.split(':')[0]) ?? 'unknown',
    errorClass: letter.errorClass === null ? '' : (matching(className, letter.errorClass) ?? 'unknown'),
  };
  return { pile, orderId };
};

/** What was said last of a pile. */
export interface Told {
  /** How many letters; 0: nothing, or that none waits any more. */
  readonly told: number;
  readonly toldAt: string | null;
}

const aMinuteMs = 60_000;
const anHourMs = 60 * aMinuteMs;

/**
 * Is there news, now that so many wait? The first and the last are news at once. In between it is news when they have doubled or halved, a
 * minute after the last word at the earliest, and whenever they have changed at all within an hour: a storm is a handful of events.
 */
export const isNews = ({ told, toldAt }: Told, open: number, now: Date): boolean => {
  if (told === open) return false;
  if (told === 0 || open === 0) return true;
  const sinceMs = now.getTime() - Date.parse(toldAt ?? '');
  const isMuch = open >= 2 * told || 2 * open <= told;
  return sinceMs >= (isMuch ? aMinuteMs : anHourMs);
};

const untold = new Set<string>([DeadLettersOpened.topic, DeadLettersSettled.topic]);

const storeId = /^(\*|[A-Za-z0-9][\w-]{0,39})$/;
const topicName = /^[a-z][a-z0-9_.]{0,99}\.v\d{1,3}$/;
const code = /^[a-z][a-z0-9.-]{0,79}$/;
const className = /^[A-Z][A-Za-z0-9]{0,59}$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const matching = (pattern: RegExp, value: unknown): string | undefined =>
  typeof value === 'string' && pattern.test(value) ? value : undefined;

const parsed = (payload: Buffer): { readonly tenant?: unknown; readonly data?: { readonly orderId?: unknown } | null } => {
  try {
    return Object(JSON.parse(payload.toString('utf8')));
  } catch {
    return {};
  }
};
