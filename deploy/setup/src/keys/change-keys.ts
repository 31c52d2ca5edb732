import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '@orderbus/kernel';
import { keyRing, neededKeys, type Resealed, rotate } from '@orderbus/service-kit';
import { writeFor } from '../secrets.ts';
import { firstOf, idsIn, isPending, type KeyList, othersOf, together, withLastFirst, withNewKey } from './key-list.ts';
import { withQueries } from './queries.ts';
import { handOut, type Ring } from './rings.ts';

export interface ChangeOptions {
  /** `SETUP_FOLDER`. */
  readonly folder: string;
  readonly ring: Ring;
  /** How often services look for new keys: their `ORDERBUS_KEYS_EVERY`. */
  readonly everyMs: number;
  readonly say: (words: string) => void;
}

/** How long a message may be on its way, with all its retries, until it has been opened or lies with the dead letters. */
const onTheirWayMs = 2 * 3_600_000;

/**
 * A new key for a ring, while its services run: it is handed out so that everybody can open what it seals, then it seals, then everything that is
 * kept is sealed with it. Whoever is interrupted starts again.
 */
export const changeKeys = async ({ folder, ring, everyMs, say }: ChangeOptions): Promise<void> => {
  const before = await keysOf(folder, ring);
  const added = isPending(before) ? before : withNewKey(before, await droppedOf(folder, ring));
  await keep(folder, ring, added);
  const keys = withLastFirst(added);
  await keep(folder, ring, keys);
  const [first, ...others] = idsIn(keys);
  say(`${ring.name}: ${first} seals`);
  const lost: string[] = [];
  for (const holder of ring.holders) {
    const waiting = (ids: readonly string[]) => say(`${holder.name}: waiting for instances that still seal with ${ids.join(', ')}`);
    const results = await withQueries(folder, holder, (database) =>
      rotate({ database, ring: keyRing(keys), columns: holder.keys.sealed, everyMs, waiting }),
    );
    for (const result of results) say(`${holder.name}: ${inWords(result)}`);
    lost.push(...results.flatMap(({ unopened }) => [...unopened.keys()]));
  }
  if (lost.length > 0) throw new AppError('conflict', 'keys.missing', { ring: ring.name, keys: [...new Set(lost)], mend: 'restore them' });
  say(`${ring.name}: of ${others.join(', ')} only messages that are on their way may have need. Drop them in two hours.`);
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
export const dropKeys = async ({ folder, ring, say }: ChangeOptions, { now = Date.now(), anyway = false } = {}): Promise<void> => {
  const keys = await keysOf(folder, ring);
  const gone = idsIn(othersOf(keys));
  if (gone.length === 0) return say(`${ring.name}: there is nothing to drop`);
  for (const holder of ring.holders) {
    const needed = (await withQueries(folder, holder, neededKeys)).filter((keyId) => gone.includes(keyId));
    if (needed.length > 0)
      throw new AppError('conflict', 'keys.needed', { service: holder.name, keys: needed, mend: 'rotate once more, to the end' });
  }
  const since = (await stat(pathOf(folder, ring.file))).mtimeMs;
  if (!anyway && now - since < onTheirWayMs)
    throw new AppError('conflict', 'keys.on-their-way', { keys: gone, waitUntil: new Date(since + onTheirWayMs).toISOString() });
  await writeFor(folder, 'installation', droppedFile(ring), together(await droppedOf(folder, ring), othersOf(keys)));
  await keep(folder, ring, firstOf(keys));
  say(`${ring.name}: ${gone.join(', ')} dropped, and kept in installation/${droppedFile(ring)} until you delete that`);
};

/** Puts the keys back that were dropped too early. */
export const restoreKeys = async ({ folder, ring, say }: ChangeOptions): Promise<void> => {
  const dropped = await droppedOf(folder, ring);
  if (dropped === '') return say(`${ring.name}: nothing was dropped`);
  await keep(folder, ring, together(await keysOf(folder, ring), dropped));
  await rm(pathOf(folder, droppedFile(ring)));
  say(`${ring.name}: ${idsIn(dropped).join(', ')} can open again. Redrive what has become a dead letter meanwhile`);
};

/** Which keys there are, and which of them each service needs. */
export const tellKeys = async ({ folder, ring, say }: ChangeOptions): Promise<void> => {
  const [first, ...others] = idsIn(await keysOf(folder, ring));
  say(`${ring.name}: ${first} seals${others.length > 0 ? `, ${others.join(', ')} open as well` : ''}`);
  for (const holder of ring.holders) say(`  ${holder.name} needs ${(await withQueries(folder, holder, neededKeys)).join(', ')}`);
};

/** The installation's own copy first: it is the one that setup hands out again at its next run. */
const keep = async (folder: string, ring: Ring, keys: KeyList): Promise<void> => {
  if (keys !== (await keysOf(folder, ring))) await writeFor(folder, 'installation', ring.file, keys);
  await handOut(folder, ring, keys);
};

const droppedFile = ({ file }: Ring): string => `${file}.dropped`;
const pathOf = (folder: string, file: string): string => join(folder, 'installation', file);
const keysOf = async (folder: string, ring: Ring): Promise<KeyList> => (await readFile(pathOf(folder, ring.file), 'utf8')).trim();
const droppedOf = async (folder: string, ring: Ring): Promise<KeyList> =>
  (await readFile(pathOf(folder, droppedFile(ring)), 'utf8').catch(() => '')).trim();
