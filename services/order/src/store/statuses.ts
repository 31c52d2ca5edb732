import { AppError } from '@orderbus/kernel';
import type { Database, Transaction } from '@orderbus/outbox';
import { type State, states } from '../domain/lifecycle.ts';
import type { OrderSettings } from '../domain/settings.ts';
import type { Statuses } from '../domain/surroundings.ts';

/** A label of a state. Every state has one or more, and exactly one of them is its default. */
export interface Status {
  readonly code: string;
  readonly label: string;
  readonly state: State;
  readonly isDefault: boolean;
}

const columns = 'code, label, state, is_default as "isDefault"';

/** All of them, state by state in the order of an order's life. They are few. */
export const listStatuses = (database: Database): Promise<Status[]> =>
  database.query(`select ${columns} from order_status order by array_position($1::text[], state), is_default desc, label, code`, [states]);

/** @throws AppError `status.exists` when the code is taken. */
export const addStatus = (database: Database, { code, label, state, isDefault }: Status): Promise<void> =>
  database.transaction(async (tx) => {
    if (isDefault) await tx.query('update order_status set is_default = false where state = $1 and is_default', [state]);
    const added: unknown[] = await tx.query(
      `insert into order_status (code, label, state, is_default) values ($1, $2, $3, $4) on conflict (code) do nothing returning 1`,
      [code, label, state, isDefault],
    );
    if (added.length === 0) throw new AppError('conflict', 'status.exists', { code });
  });

/** A status stays with its state: its orders are there. @throws AppError `status.unknown`. */
export const changeStatus = (
  database: Database,
  code: string,
  { label, isDefault }: { label: string; isDefault: boolean },
): Promise<void> =>
  database.transaction(async (tx) => {
    const found = await lockStatus(tx, code);
    if (found.isDefault && !isDefault)
      throw new AppError('conflict', 'status.default-needed', { state: found.state, why: 'make another status the default of its state' });
    if (isDefault) await tx.query('update order_status set is_default = false where state = $1 and is_default', [found.state]);
    await tx.query('update order_status set label = $2, is_default = $3 where code = $1', [code, label, isDefault]);
  });

/** @throws AppError saying why it has to stay: it is the default or the last one of its state, or orders have it, or will get it by the settings of a store. */
export const removeStatus = (database: Database, code: string): Promise<void> =>
  database.transaction(async (tx) => {
    // Nobody may give it to an order meanwhile: whoever changes orders has locked rows of this table first, and reads the statuses then.
    await tx.query('lock table orders in exclusive mode');
    const { state, isDefault } = await lockStatus(tx, code);
    const [{ others, used }] = await tx.query(
      `select (select count(*)::int from order_status where state = $2 and code <> $1) as others,
         exists (select from orders where status = $1)
           or exists (select from orders where state = 'held' and hold ->> 'status' = $1)
           or exists (select from order_settings where $1 in (settings ->> 'newOrderStatus', settings ->> 'processingStatus')) as used`,
      [code, state],
    );
    if (others === 0) throw new AppError('conflict', 'status.last-of-state', { code, state });
    if (isDefault)
      throw new AppError('conflict', 'status.default-needed', { state, why: 'make another status the default of its state first' });
    if (used) throw new AppError('conflict', 'status.in-use', { code });
    await tx.query('delete from order_status where code = $1', [code]);
  });

/** The labels, for deciding. A store may have settled on others than the default ones for new orders and for those in process. */
export const statusBook = async (tx: Transaction, settingsOf: (tenant: string) => OrderSettings): Promise<Statuses> => {
  const rows: Status[] = await tx.query(`select ${columns} from order_status`);
  const states = new Map(rows.map(({ code, state }) => [code, state]));
  const defaults = new Map(rows.filter(({ isDefault }) => isDefault).map(({ code, state }) => [state, code]));
  const settled = (state: State, { newOrderStatus, processingStatus }: OrderSettings): string | null => {
    if (state === 'new') return newOrderStatus;
    return state === 'processing' ? processingStatus : null;
  };
  return {
    stateOf: (code) => states.get(code),
    defaultOf: (state, tenant) => settled(state, settingsOf(tenant)) ?? defaults.get(state) ?? state,
  };
};

const lockStatus = async (tx: Transaction, code: string): Promise<Status> => {
  const [found]: Status[] = await tx.query(`select ${columns} from order_status where code = $1 for update`, [code]);
  if (found === undefined) throw new AppError('not-found', 'status.unknown', { code });
  return found;
};
