import { CircuitClosed, CircuitOpened, type NewEvent } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import { append, type Execution, type Transaction } from '@orderbus/outbox';
import type { Circuit, Circuits } from '../circuits.ts';
import { every } from '../intervals.ts';
import type { Log } from '../log.ts';
import type { Part } from '../parts.ts';
import { circuitWord, type SystemView } from './circuit-word.ts';

export interface CircuitWatchOptions {
  readonly service: string;
  readonly circuits: Circuits;
  /** How long a circuit may be open before that is told. */
  readonly afterMs: number;
  readonly log: Log;
}

const lookEveryMs = 10_000;
/** What an instance saw is believed for so long: one that has died sees nothing any more, one that starts anew has not called yet. */
const believedMs = 60_000;

/** Tells when a system has been out of reach for a while, and when it is reached again; once each, whatever the number of instances. */
export const circuitWatch = (execution: Execution, options: CircuitWatchOptions): Required<Part> => {
  const instance = newId();
  return every(lookEveryMs, () => tellCircuits(execution, options, instance), { name: 'circuits', log: options.log });
};

/** One look: writes down what this instance sees, and tells what follows from what all of them see. */
export const tellCircuits = async (
  { database, clock, committed }: Execution,
  { service, circuits, afterMs }: Pick<CircuitWatchOptions, 'service' | 'circuits' | 'afterMs'>,
  instance: string,
): Promise<void> => {
  const disturbed = circuits.all.filter(({ state }) => state !== 'closed');
  if (disturbed.length === 0 && !(await isRemembered(database))) return;
  const told = await database.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext(current_schema() || ':circuits'))`);
    const now = clock.now();
    await note(tx, disturbed, instance, now);
    const news = (await lookAtAll(tx)).flatMap((view) => {
      const word = circuitWord(view, now, afterMs);
      return word === undefined ? [] : [{ view, word }];
    });
    await append(
      tx,
      news.map(({ view, word }) => ({
        event: { ...eventOf(service, view, word), aggregateId: view.id, aggregateVersion: view.version + 1 },
        cause: { tenant: view.tenant, correlationId: newId() },
      })),
      clock,
    );
    await tx.query(
      `update called_system s set version = s.version + 1, told = u.told from unnest($1::uuid[], $2::boolean[]) as u(id, told) where s.id = u.id`,
      [news.map(({ view }) => view.id), news.map(({ word }) => word === 'opened')],
    );
    return news.length;
  });
  if (told > 0) committed();
};

interface KnownSystem extends SystemView {
  readonly id: string;
  readonly version: number;
  readonly system: string;
  readonly tenant: string;
  readonly circuits: readonly string[];
}

const isRemembered = async (database: Execution['database']): Promise<boolean> => {
  const [row] = await database.query<{ is: boolean }>(
    'select exists (select from disturbed_circuit) or exists (select from called_system where told) as is',
  );
  return row?.is ?? false;
};

/** Since when it is disturbed stays as it was first seen. */
const note = async (tx: Transaction, disturbed: readonly Circuit[], instance: string, now: Date): Promise<void> => {
  // While credentials change there are two of one name for a moment.
  const rows = [...new Map(disturbed.map((circuit) => [`${circuit.system} ${circuit.name}`, circuit])).values()];
  const [systems, names] = [rows.map(({ system }) => system), rows.map(({ name }) => name)];
  await tx.query(
    `delete from disturbed_circuit where (instance <> $2 and seen_at < $1)
       or (instance = $2 and (system, name) not in (select * from unnest($3::text[], $4::text[])))`,
    [new Date(now.getTime() - believedMs).toISOString(), instance, systems, names],
  );
  if (rows.length === 0) return;
  await tx.query(
    `insert into called_system (system, tenant) select distinct * from unnest($1::text[], $2::text[]) on conflict do nothing`,
    [systems, rows.map(({ tenant }) => tenant)],
  );
  await tx.query(
    `insert into disturbed_circuit (system, name, instance, is_open, since, seen_at)
     select system, name, $1, is_open, $2, $2 from unnest($3::text[], $4::text[], $5::boolean[]) as u(system, name, is_open)
     on conflict (system, name, instance) do update set is_open = excluded.is_open, seen_at = excluded.seen_at`,
    [instance, now.toISOString(), systems, names, rows.map(({ state }) => state === 'open')],
  );
};

const lookAtAll = (tx: Transaction): Promise<KnownSystem[]> =>
  tx.query(
    `select s.id, s.version, s.system, s.tenant, s.told, min(c.since) as since, coalesce(bool_or(c.is_open), false) as "isOpen",
       coalesce(array_agg(distinct c.name) filter (where c.name is not null), '{}') as circuits
     from called_system s left join disturbed_circuit c using (system) group by s.system order by s.system`,
  );

const eventOf = (service: string, { system, circuits, since }: KnownSystem, word: 'opened' | 'closed'): NewEvent =>
  word === 'opened'
    ? (CircuitOpened.of({ service, system, circuits: [...circuits], since: since ?? '' }) as NewEvent)
    : (CircuitClosed.of({ service, system }) as NewEvent);
