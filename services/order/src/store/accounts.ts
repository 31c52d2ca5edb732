import { newId } from '@orderbus/kernel';
import type { Item, Transaction } from '@orderbus/outbox';
import { mayCreate } from '../domain/decide.ts';
import type { Command } from '../domain/order.ts';
import { accountScopeOf } from '../domain/settings.ts';
import type { Buyers, Stores } from '../domain/surroundings.ts';

/**
 * The accounts of those whose orders may come in now, as far as their stores keep accounts: found or made, and locked. An account is made with
 * the order that comes in, in one transaction: two first orders of one buyer that come at once wait for each other here, in the order of
 * the keys, and get the same one. The vault has hashed the address before: what it does with a message comes first.
 */
export const openAccounts = async (
  tx: Transaction,
  items: readonly Item<Command>[],
  { settingsOf }: Stores,
): Promise<{ accountOf: Buyers['accountOf']; finish: () => Promise<void> }> => {
  const entering = items.filter(({ command, cause }) => {
    const settings = settingsOf(cause.tenant);
    return settings.customerAccounts === 'account' && mayCreate(command, settings);
  });
  if (entering.length === 0) return { accountOf: () => undefined, finish: async () => undefined };

  const wanted: Wanted[] = await tx.query(
    `select distinct u.order_id as "orderId", u.scope, v.customer_key as key
     from unnest($1::uuid[], $2::text[]) as u(order_id, scope)
     join buyer_vault v using (order_id) left join orders o on o.id = u.order_id
     where v.customer_key is not null and o.number is null`,
    [entering.map(({ key }) => key), entering.map(({ cause: { tenant } }) => accountScopeOf(tenant, settingsOf(tenant)))],
  );
  const accounts = await findOrMake(tx, wanted);
  const accountOf = new Map(wanted.map((one) => [one.orderId, accounts.get(nameOf(one))?.id]));
  const used = new Set<string>();
  return {
    accountOf: (orderId) => {
      const id = accountOf.get(orderId);
      if (id !== undefined) used.add(id);
      return id;
    },
    finish: async () => {
      const unused = [...accounts.values()].filter(({ id, isNew }) => isNew && !used.has(id)).map(({ id }) => id);
      if (unused.length > 0) await tx.query('delete from customer where id = any($1::uuid[])', [unused]);
    },
  };
};

interface Wanted {
  readonly orderId: string;
  readonly scope: string;
  readonly key: string;
}

interface Account {
  readonly id: string;
  readonly isNew: boolean;
}

const findOrMake = async (tx: Transaction, wanted: readonly Wanted[]): Promise<ReadonlyMap<string, Account>> => {
  const named = [...new Map(wanted.map((one) => [nameOf(one), { ...one, id: newId() }])).values()];
  if (named.length === 0) return new Map();
  const rows: { id: string; scope: string; key: string }[] = await tx.query(
    `insert into customer as c (id, scope, key)
     select id, scope, key from unnest($1::uuid[], $2::text[], $3::text[]) as u(id, scope, key) order by scope collate "C", key collate "C"
     on conflict (scope, key) where key is not null do update set scope = excluded.scope
     returning c.id, c.scope, c.key`,
    [named.map(({ id }) => id), named.map(({ scope }) => scope), named.map(({ key }) => key)],
  );
  const made = new Set(named.map(({ id }) => id));
  return new Map(rows.map((row) => [nameOf(row), { id: row.id, isNew: made.has(row.id) }]));
};

const nameOf = ({ scope, key }: Pick<Wanted, 'scope' | 'key'>): string => `${scope} ${key}`;
