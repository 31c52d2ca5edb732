import { AppError } from '@orderbus/kernel';
import { keyRing, neededKeys, type Resealed, rotate } from '@orderbus/service-kit';
import { firstOf, idsIn, isPending, othersOf, together, withLastFirst, withNewKey } from './key-list.ts';
import type { KeyPlace } from './key-place.ts';

export interface ChangeOptions {
  readonly place: KeyPlace;
  /** How often services look for new keys: their `ORDERBUS_KEYS_EVERY`. */
  readonly everyMs: number;
  readonly say: (words: string) => void;
}

/** How long a message may be on its way, with all its retries, until it has been opened or lies with the dead letters. */
const onTheirWayMs = 2 * 3_600_000;

/**
 * A new key, while the services run: it is handed out so that everybody can open what it seals, then it seals, then everything that is kept is sealed
 * with it. Whoever is interrupted starts again.
 * @throws AppError `sealing.old-key-in-use`; `keys.missing` when something was sealed with a key that is not there.
 */
export const changeKeys = async ({ place, everyMs, say }: ChangeOptions): Promise<void> => {
  const before = await place.keys();
  const added = isPending(before) ? before : withNewKey(before, await place.dropped());
  await place.keep(added);
  const keys = withLastFirst(added);
  await place.keep(keys);
  const [first, ...others] = idsIn(keys);
  say(`${place.name}: ${first} seals`);
  const missing = new Set<string>();
  for (const holder of place.holders) {
    const waiting = (ids: readonly string[]) => say(`${holder.name}: waiting for instances that still seal with ${ids.join(', ')}`);
    const results = await place.withQueries(holder, (database) =>
      rotate({ database, ring: keyRing(keys), columns: holder.keys.sealed, everyMs, waiting }),
    );
    for (const result of results) say(`${holder.name}: ${inWords(result)}`);
    for (const keyId of results.flatMap(({ unopened }) => [...unopened.keys()])) missing.add(keyId);
  }
  if (missing.size > 0) throw new AppError('conflict', 'keys.missing', { keys: [...missing], mend: 'restore them, and rotate once more' });
  say(`${place.name}: only messages that are on their way may still need ${others.join(', ')}. Drop what is old in two hours.`);
};

/** What became of a column; for the words of a command. */
export const inWords = ({ table, column, sealed, current, unopened }: Resealed): string => {
  const lost = [...unopened].map(([keyId, count]) => `, ${count} cannot be opened: ${keyId} is not among the keys`);
  return `${table}.${column}: ${sealed} sealed anew, ${current} were already${lost.join('')}`;
};

/**
 * Takes away all keys but the first. They are put aside, not destroyed: what should still meet one of them opens again after `restoreKeys`.
 * @throws AppError `keys.needed` when a service still has something that they have sealed; `keys.on-their-way` when messages might.
 */
export const dropKeys = async ({ place, say }: ChangeOptions, { now = Date.now(), anyway = false } = {}): Promise<void> => {
  const keys = await place.keys();
  const old = idsIn(othersOf(keys));
  if (old.length === 0) return say(`${place.name}: there is nothing to drop`);
  for (const holder of place.holders) {
    const needed = (await place.withQueries(holder, neededKeys)).filter((keyId) => old.includes(keyId));
    if (needed.length > 0)
      throw new AppError('conflict', 'keys.needed', { service: holder.name, keys: needed, mend: 'rotate once more, to the end' });
  }
  const free = (await place.changedAt()).getTime() + onTheirWayMs;
  if (!anyway && now < free) throw new AppError('conflict', 'keys.on-their-way', { keys: old, waitUntil: new Date(free).toISOString() });
  await place.keepDropped(together(await place.dropped(), othersOf(keys)));
  await place.keep(firstOf(keys));
  say(`${place.name}: ${old.join(', ')} dropped, and put aside until you delete them for good`);
};

/** Puts the keys back that were dropped too early. */
export const restoreKeys = async ({ place, say }: ChangeOptions): Promise<void> => {
  const dropped = await place.dropped();
  if (dropped === '') return say(`${place.name}: nothing was dropped`);
  await place.keep(together(await place.keys(), dropped));
  await place.keepDropped('');
  say(`${place.name}: ${idsIn(dropped).join(', ')} can open again. Redrive what has become a dead letter meanwhile`);
};

/** Which keys there are, and which of them each service needs. */
export const tellKeys = async ({ place, say }: ChangeOptions): Promise<void> => {
  const [first, ...others] = idsIn(await place.keys());
  say(`${place.name}: ${first} seals${others.length > 0 ? `, ${others.join(', ')} open as well` : ''}`);
  for (const holder of place.holders) say(`  ${holder.name} needs ${(await place.withQueries(holder, neededKeys)).join(', ')}`);
};
