import { AppError } from '@orderbus/kernel';
import { type KeyRing, keyIdOf, keySettings, neededKeys, type SealedColumn } from '@orderbus/service-kit';
import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';
import { readable, settingOf, type Visit } from '../visit.ts';

export interface KeyFacts {
  readonly service: string;
  readonly ring: string;
  /** The first seals. Absent: none can be read. */
  readonly given?: readonly string[];
  /** What something here may be sealed with. */
  readonly needed: readonly string[];
  /** Tells rings apart without telling keys. */
  readonly fingerprint?: string;
  /** Of some sealed values: how many open, and why the first that does not, does not. */
  readonly opened: number;
  readonly unopened?: string | undefined;
}

const findThem = 'Find the keys (the volume installation, the vault, a backup of them) and hand them out: without them it cannot be opened';

export const judgeKeys = (services: readonly KeyFacts[]): Finding[] =>
  services.map((facts) => {
    const { service, ring, given, needed, opened, unopened } = facts;
    if (!given) return wrong(service, 'has no keys that can be read', `${findThem}. Check ORDERBUS_KEYS or ORDERBUS_KEYS_FILE`);
    const missing = needed.filter((id) => !given.includes(id));
    if (missing.length > 0) return wrong(service, `lacks ${missing.join(', ')}, with which something there is sealed`, findThem);
    if (unopened !== undefined) return wrong(service, `has a key with the right name that does not open: ${unopened}`, findThem);
    const other = services.find((each) => each.ring === ring && each.fingerprint !== undefined && each.fingerprint !== facts.fingerprint);
    if (other)
      return wrong(
        service,
        `seals with another key than ${other.service}`,
        'Give both the same keys, in the same order: docs/runbooks/rotate-data-keys.md',
      );
    const newest = newestOf(given);
    if (newest !== given[0])
      return worrying(
        service,
        `seals with ${given[0]}, although there is ${newest}`,
        'A change of keys was broken off: npm run keys -- rotate goes on with it',
      );
    return right(service, `seals with ${given[0]}; has all of ${needed.join(', ') || 'none'} that are needed; ${opened} samples open`);
  });

const newestOf = (ids: readonly string[]): string | undefined =>
  ids.toSorted((a, b) => Number(/^k(\d+)$/.exec(b)?.[1] ?? 0) - Number(/^k(\d+)$/.exec(a)?.[1] ?? 0))[0];

const look = (visit: Visit): Promise<KeyFacts[]> =>
  Promise.all(
    readable(visit).flatMap(({ patient: { resident, environment }, database }) => {
      const { keys } = resident;
      if (!keys) return [];
      const facts = { service: resident.name, ring: keys.ring };
      const ring = settingOf(environment, 'ORDERBUS_KEYS', keySettings.ORDERBUS_KEYS);
      return [
        (async (): Promise<KeyFacts> => {
          const needed = await neededKeys(database).catch(() => []);
          if (!ring) return { ...facts, needed, opened: 0 };
          return {
            ...facts,
            needed,
            given: ring.keyIds,
            fingerprint: ring.fingerprint('doctor'),
            ...(await sample(database, ring, keys.sealed)),
          };
        })(),
      ];
    }),
  );

const samples = 5;

/** The newest few of each column that holds nothing but a sealed value. */
const sample = async (
  database: ReturnType<typeof readable>[number]['database'],
  ring: KeyRing,
  columns: readonly SealedColumn[],
): Promise<Pick<KeyFacts, 'opened' | 'unopened'>> => {
  let opened = 0;
  for (const { table, column, id = 'id', context = id, contextOf, within } of columns) {
    if (within) continue;
    const rows = await database.query<{ context: string; sealed: string }>(
      `select ${context}::text as context, ${column} as sealed from ${table} where ${column} is not null order by ${id} desc limit ${samples}`,
    );
    for (const { context: row, sealed } of rows) {
      try {
        ring.open(sealed, contextOf(row));
        opened++;
      } catch (error) {
        return {
          opened,
          unopened: `${table}.${column}, sealed with ${keyOf(sealed)} (${error instanceof AppError ? error.code : 'broken'})`,
        };
      }
    }
  }
  return { opened };
};

const keyOf = (sealed: string): string => {
  try {
    return keyIdOf(sealed);
  } catch {
    return 'nobody knows what';
  }
};

export const keys = check('data keys', look, judgeKeys);
