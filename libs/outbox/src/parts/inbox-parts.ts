import { firstIdAt } from '@orderbus/kernel';
import type { Database } from '../database/open.ts';
import { purgeInboxRest } from '../inbox.ts';
import type { Transaction } from '../subscription.ts';
import { makePart, partsOf, whenAlone } from './part.ts';

const weekMs = 7 * 86_400_000;
/** Weeks begin on Mondays. */
const firstMonday = Date.UTC(1970, 0, 5);
/** Next week, and the one after it. */
const ahead = 2;

/**
 * The inbox is kept in weeks by the time in the message's id: a copy of a message has the same id, and is looked for in the same part.
 * Those of the next weeks are made ahead; this week's is left as it is.
 */
export const coverInbox = async (database: Database, now: Date): Promise<string[]> => {
  const wanted = weeksAfter(now);
  const known = new Set((await partsOf(database, 'inbox')).map(({ name }) => name));
  if (wanted.every(({ name }) => known.has(name))) return [];
  return (await whenAlone(database, (tx) => addWeeks(tx, wanted))) ?? [];
};

const addWeeks = async (tx: Transaction, wanted: ReturnType<typeof weeksAfter>): Promise<string[]> => {
  const known = new Set((await partsOf(tx, 'inbox')).map(({ name }) => name));
  const missing = wanted.filter(({ name }) => !known.has(name));
  for (const week of missing) await makePart(tx, { table: 'inbox', column: 'message_id', ...week });
  return missing.map(({ name }) => name);
};

const weeksAfter = (now: Date) => {
  const next = now.getTime() - ((now.getTime() - firstMonday) % weekMs) + weekMs;
  return Array.from({ length: ahead }, (_, n) => {
    const start = next + n * weekMs;
    const day = new Date(start).toISOString().slice(0, 10).replaceAll('-', '_');
    return { name: `inbox_${day}`, from: firstIdAt(new Date(start)), to: firstIdAt(new Date(start + weekMs)) };
  });
};

/**
 * Forgets what was seen before this moment. Weeks go as a whole, once nothing in them was seen later: a message may come long after it was
 * made. Answers with the weeks and how many rows of the rest.
 */
export const forgetInbox = async (database: Database, before: Date): Promise<{ weeks: string[]; rows: number }> => {
  const end = firstIdAt(before);
  const weeks: string[] = [];
  for (const { name, to } of await partsOf(database, 'inbox')) {
    if (to > end) continue;
    await database.query(`select brin_summarize_new_values(indexrelid) from pg_index join pg_class c on c.oid = indexrelid
      join pg_am a on a.oid = c.relam and a.amname = 'brin' where indrelid = '${name}'::regclass`);
    if (await whenAlone(database, (tx) => dropWeek(tx, name, before))) weeks.push(name);
  }
  return { weeks, rows: await purgeInboxRest(database, before) };
};

/** Nobody claims while it is looked at: a message seen a moment ago must not be forgotten. The index tells it from a few pages. */
const dropWeek = async (tx: Transaction, name: string, before: Date): Promise<boolean> => {
  await tx.query('lock table inbox in access exclusive mode');
  await tx.query('set local enable_seqscan = off');
  const [found]: { young: boolean }[] = await tx.query(`select exists (select from ${name} where received_at >= $1) as young`, [
    before.toISOString(),
  ]);
  if (found?.young !== false) return false;
  await tx.query(`drop table ${name}`);
  return true;
};
