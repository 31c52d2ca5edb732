import type { AmazonSecret } from '@orderbus/contracts';
import { newId } from '@orderbus/kernel';
import { type Execution, execute, type Target } from '@orderbus/outbox';
import { every, type Log, type Part } from '@orderbus/service-kit';
import { decideSecret, type SecretCommand } from '../domain/secret.ts';
import { type KnownSecret, knownSecrets, secretIdOf } from '../store/secret-watch.ts';

/** How long each secret opens a store; null: without end. */
export type Lifetimes = Readonly<Record<AmazonSecret, number | null>>;

export interface SecretWatchOptions {
  readonly execution: Execution;
  readonly secrets: Target<SecretCommand>;
  readonly lifetimesMs: Lifetimes;
  readonly log: Log;
}

const lookEveryMs = 60_000;

/** Warns before a secret ends, while there is time to renew it, and takes the warning back when it was renewed. */
export const watchSecrets = (options: SecretWatchOptions): Required<Part> =>
  every(lookEveryMs, () => tellSecrets(options), { name: 'secrets', log: options.log });

/** Decided first without a lock: as a rule there is nothing to say of any store. */
export const tellSecrets = async ({ execution, secrets, lifetimesMs, log }: SecretWatchOptions): Promise<void> => {
  const now = execution.clock.now().toISOString();
  const news = (await knownSecrets(execution.database))
    .map((known) => ({ known, command: lookAt(known, lifetimesMs) }))
    .filter(
      ({ known, command }) =>
        !('refused' in decideSecret({ warned: known.warned, setAt: known.warnedOf }, command, { tenant: known.storeId }, { now })),
    );
  if (news.length === 0) return;
  for (const { known } of news)
    log.warn({ store: known.storeId, secret: known.secret }, 'a secret of the store is near its end, or was renewed');
  await execute(
    execution,
    secrets,
    news.map(({ known: { storeId, secret }, command }) => ({
      key: secretIdOf(storeId, secret),
      command,
      cause: { tenant: storeId, correlationId: newId() },
    })),
  );
};

const lookAt = ({ secret, storeName, setAt, isGone }: KnownSecret, lifetimesMs: Lifetimes): SecretCommand => ({
  ...{ type: 'look', secret, storeName, setAt },
  lifetimeMs: isGone ? null : lifetimesMs[secret],
});
