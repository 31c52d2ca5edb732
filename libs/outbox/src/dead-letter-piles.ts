import { DeadLettersOpened, DeadLettersSettled, type NewEvent } from '@orderbus/contracts';
import { type Clock, newId } from '@orderbus/kernel';
import { append } from './append.ts';
import type { Execution } from './execute.ts';
import { isNews, type Pile, type Told } from './pile.ts';
import type { RecordedEvent, Transaction } from './subscription.ts';

/** In whose name it is told. */
export interface Teller {
  readonly service: string;
  readonly clock: Clock;
}

/** Locks the pile, and makes it if there is none. The lock is taken before that of a letter, by everybody. */
export const lockPile = async (tx: Transaction, { tenant, topic, reason, errorClass }: Pile): Promise<Pick<KnownPile, 'id' | 'told'>> => {
  const [row]: KnownPile[] = await tx.query(
    `insert into dead_letter_pile (tenant, topic, reason, error_class) values ($1, $2, $3, $4)
     on conflict (tenant, topic, reason, error_class) do update set topic = excluded.topic returning id, told`,
    [tenant, topic, reason, errorClass],
  );
  return row as KnownPile;
};

export const lockPileOf = (tx: Transaction, letterId: string): Promise<{ id: string }[]> =>
  tx.query('select id from dead_letter_pile where id = (select pile from dead_letter where id = $1) for update', [letterId]);

/** Tells what is new about these piles, in the transaction that changes them. Nothing but numbers, codes and ids leaves the table. */
export const tellPiles = async (tx: Transaction, { service, clock }: Teller, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return;
  const now = clock.now();
  const locked = await lockPiles(tx, ids);
  const counts = await countLetters(tx, ids);
  const news = locked.flatMap((pile): News[] => {
    const letters = counts.get(pile.id) as Letters;
    return isNews(pile, letters.open, now) ? [{ pile, letters }] : [];
  });
  if (news.length === 0) return;
  await append(
    tx,
    news.map(({ pile, letters }) => ({
      event: recorded(pile, eventOf(service, pile, letters)),
      cause: { tenant: pile.tenant, correlationId: newId() },
    })),
    clock,
  );
  await tx.query(
    `update dead_letter_pile p set version = p.version + 1, told = u.open, told_at = $3
     from unnest($1::uuid[], $2::int[]) as u(id, open) where p.id = u.id`,
    [news.map(({ pile }) => pile.id), news.map(({ letters }) => letters.open), now.toISOString()],
  );
};

/** What letters have become since it was told last. Any number of instances may look: each looks again under the lock. */
export const tellDueLetters = async ({ database, clock, committed }: Execution, service: string): Promise<void> => {
  const changed = await database.query<{ id: string }>(
    `select p.id from dead_letter_pile p
     where told <> (select count(*) from dead_letter d where d.pile = p.id and d.status = 'open') order by p.id limit 500`,
  );
  if (changed.length === 0) return;
  const ids = changed.map(({ id }) => id);
  await database.transaction((tx) => tellPiles(tx, { service, clock }, ids));
  committed();
};

interface KnownPile extends Pile, Told {
  readonly id: string;
  readonly version: number;
}

interface Letters {
  readonly open: number;
  readonly since: string;
  /** The oldest. */
  readonly first: readonly { readonly id: number; readonly orderId: string | null }[];
}

interface News {
  readonly pile: KnownPile;
  readonly letters: Letters;
}

const lockPiles = (tx: Transaction, ids: readonly string[]): Promise<KnownPile[]> =>
  tx.query(
    `select id, tenant, topic, reason, error_class as "errorClass", version, told, told_at as "toldAt"
     from dead_letter_pile where id = any($1::uuid[]) order by id for update`,
    [ids],
  );

const countLetters = async (tx: Transaction, ids: readonly string[]): Promise<Map<string, Letters>> => {
  const rows: ({ id: string } & Letters)[] = await tx.query(
    `select p.id, counted.open, counted.since, named.first from unnest($1::uuid[]) as p(id)
     cross join lateral (select count(*)::int as open, min(dead_at) as since from dead_letter where pile = p.id and status = 'open') counted
     cross join lateral (select coalesce(json_agg(json_build_object('id', id, 'orderId', order_id) order by id), '[]') as first
       from (select id, order_id from dead_letter where pile = p.id and status = 'open' order by id limit 20) oldest) named`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
};

const eventOf = (service: string, { topic, reason, errorClass }: Pile, { open, since, first }: Letters): NewEvent => {
  const kind = { service, topic, reason, ...(errorClass === '' ? {} : { errorClass }) };
  if (open === 0) return DeadLettersSettled.of(kind) as NewEvent;
  const orderIds = [...new Set(first.flatMap(({ orderId }) => orderId ?? []))];
  return DeadLettersOpened.of({ ...kind, open, since, letterIds: first.map(({ id }) => String(id)), orderIds }) as NewEvent;
};

const recorded = ({ id, version }: KnownPile, event: NewEvent): RecordedEvent => ({
  ...event,
  aggregateId: id,
  aggregateVersion: version + 1,
});
