import { AppError, newId } from '@orderbus/kernel';
import { type AuditSignature, execute, type Item, type Target } from '@orderbus/outbox';
import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { emptyDeadLetters } from '../store/buyer-dead-letters.ts';
import { type DueBuyer, findDueBuyers, findKeyless, recordRun } from '../store/buyer-retention.ts';
import { vaultIdOf } from '../store/buyer-vault.ts';
import type { VaultCommand } from '../vault/commands.ts';
import type { RetentionRules } from '../vault/retention.ts';

export interface PurgeOptions {
  readonly vault: Target<VaultCommand>;
  readonly rules: RetentionRules;
  readonly everyMs: number;
}

/** Small enough that nobody waits for the rows. */
const batchSize = 200;

/** Forgets the buyers whose time is up, and says so: `order.buyer_purged`. */
export const purgeBuyers = (kit: Pick<ServiceKit, 'database' | 'execution' | 'clock' | 'log'>, options: PurgeOptions): Part => {
  const { database, execution, clock, log } = kit;
  const { vault, rules, everyMs } = options;
  const now = (): string => clock.now().toISOString();
  const ago = (ms: number): Date => new Date(clock.now().getTime() - ms);

  /** Until there is no more to do, or nothing of it gets done: a batch that changes nothing would be found again for ever. */
  const inBatches = async <Row extends DueBuyer>(
    signal: AbortSignal,
    find: () => Promise<Row[]>,
    commandFor: (row: Row) => VaultCommand,
  ): Promise<number> => {
    for (let done = 0; ; ) {
      const rows = signal.aborted ? [] : await find();
      const outcomes =
        rows.length === 0
          ? []
          : await execute(
              execution,
              vault,
              rows.map((row) => itemFor(row, commandFor(row))),
            );
      const accepted = outcomes.filter((outcome) => 'events' in outcome).length;
      done += accepted;
      if (rows.length < batchSize || accepted === 0) return done;
    }
  };

  const giveKeys = (signal: AbortSignal): Promise<number> =>
    inBatches(
      signal,
      () => findKeyless(database, batchSize),
      ({ orderId, sealed, sealedVersion, tenant: _, ...facts }) => ({
        ...{ type: 'keep', orderId, sealed, facts, version: sealedVersion },
      }),
    );

  const purge = (signal: AbortSignal): Promise<number> =>
    inBatches(
      signal,
      () => findDueBuyers(database, rules, now(), batchSize),
      () => ({ type: 'purge', reason: 'retention', by: byJob(), at: now() }),
    );

  return every(
    everyMs,
    async (signal) => {
      const startedAt = now();
      let [purged, emptiedDeadLetters] = [0, 0];
      const record = (failure: string | null) => recordRun(database, { startedAt, finishedAt: now(), purged, emptiedDeadLetters, failure });
      try {
        purged = await purge(signal);
        emptiedDeadLetters = await emptyDeadLetters(database, ago(rules.keptMs));
        // Last: one that cannot be opened must not keep others from being forgotten.
        await giveKeys(signal);
      } catch (error) {
        await record(error instanceof AppError ? error.code : 'error');
        throw error;
      }
      await record(null);
      if (purged + emptiedDeadLetters > 0) log.info({ purged, emptiedDeadLetters }, 'buyers were forgotten');
    },
    { name: 'purge-buyers', log },
  );
};

const byJob = (): AuditSignature => ({ actor: { id: 'service:order', name: 'purge job' }, correlationId: newId() });

const itemFor = ({ orderId, tenant }: DueBuyer, command: VaultCommand): Item<VaultCommand> => ({
  key: vaultIdOf(orderId),
  command,
  cause: { tenant, correlationId: newId() },
});
