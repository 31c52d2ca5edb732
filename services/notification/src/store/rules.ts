import { allStores } from '@orderbus/contracts';
import { type Database, type KeptSettings, storeSettings, type Transaction } from '@orderbus/outbox';
import type { EffectiveRules } from '../domain/plan.ts';
import { inOtherWords, type Reason } from '../domain/reason.ts';
import type { Rule } from '../domain/rule.ts';

/** The rules of a store, or for all of them. Null: those that apply without. */
interface RuleSet {
  readonly rules: readonly Rule[] | null;
}

/** Who is told, and by what. */
export interface RuleBook {
  /** As they were settled: a store's own, or those for all under `allStores`. */
  settled(database: Queries, tenant: string): Promise<KeptSettings<RuleSet>>;
  /** What applies to a store: its own rules, else those for all, else what is usual. */
  of(database: Queries, tenants: Iterable<string>): Promise<(tenant: string) => EffectiveRules>;
  /** Nothing, when they are no longer what the caller has seen. */
  replace(tx: Transaction, tenant: string, seen: KeptSettings<RuleSet>, sealed: readonly SealedTarget[]): Promise<number | undefined>;
}

/** What must not stand in the rules: the address of a hook. */
export interface SealedTarget {
  readonly id: string;
  readonly sealed: string;
}

type Queries = Pick<Database, 'query'> | Transaction;

/** `usual`: while nobody has settled anything for all stores. */
export const ruleBook = (usual: readonly Rule[]): RuleBook => {
  const sets = storeSettings<RuleSet>('rule_set', { rules: null });
  return {
    settled: (database, tenant) => sets.of(database, tenant),
    of: async (database, tenants) => {
      const settled = await sets.book(database, [...tenants, allStores]);
      const forAll = settled(allStores).rules ?? usual;
      return (tenant) => {
        const { rules } = settled(tenant);
        return rules ? { rulesOf: tenant, rules } : { rulesOf: allStores, rules: forAll };
      };
    },
    replace: async (tx, tenant, seen, sealed) => {
      const kept = await sets.replace(tx, tenant, seen);
      if (kept === undefined) return undefined;
      const named = kept.settings.rules ?? (tenant === allStores ? usual : []);
      const targets = named.flatMap((rule) => rule.targets.map(({ id }) => id));
      await keepSealed(tx, tenant, sealed, targets);
      // Whoever is not named any more is not told any more, of what was gathered for him either.
      await tx.query(
        `update delivery set state = 'dropped', last_error = $3, last_failure = $4
         where rules_of = $1 and state in ('gathering', 'pending') and target_id <> all($2::uuid[])`,
        [tenant, targets, noLongerNamed.words, inOtherWords(noLongerNamed)],
      );
      return kept.version;
    },
  };
};

const noLongerNamed: Reason = { code: 'delivery.no-longer-named', words: 'the rules name this recipient no longer' };

const keepSealed = async (tx: Transaction, tenant: string, sealed: readonly SealedTarget[], named: readonly string[]): Promise<void> => {
  await tx.query('delete from rule_target where tenant = $1 and id <> all($2::uuid[])', [tenant, named]);
  await tx.query(
    `insert into rule_target (id, tenant, sealed) select id, $1, sealed from unnest($2::uuid[], $3::text[]) as u(id, sealed)
     on conflict (id) do update set sealed = excluded.sealed`,
    [tenant, sealed.map(({ id }) => id), sealed.map((target) => target.sealed)],
  );
};

export const sealedTargets = async (database: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, string>> => {
  const rows = (await database.query('select id, sealed from rule_target where id = any($1::uuid[])', [[...ids]])) as SealedTarget[];
  return new Map(rows.map(({ id, sealed }) => [id, sealed]));
};
