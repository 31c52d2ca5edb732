import { AppError } from '@orderbus/kernel';
import { execute, type Target } from '@orderbus/outbox';
import type { Part, ServiceKit } from '@orderbus/service-kit';
import type { Step } from './domain/command.ts';
import { differenceOf, type Installation, type Place } from './domain/installation.ts';
import { type ReadOnly, readOnlyIdOf } from './domain/read-only.ts';
import { openCommands } from './store/command-queue.ts';
import {
  adoptUrl,
  confirmInstallation,
  ensureInstallation,
  fingerprintOf,
  installationOf,
  readOnlyOf,
  readOnlyStores,
} from './store/installation.ts';
import { readOnlyItem, readOnlySwitches } from './store/read-only.ts';

export interface InstallationState {
  readonly installation: Installation;
  /** What is different from what was confirmed, in words. A person has to say whether this is the installation. */
  readonly difference: string | undefined;
  readonly readOnly: ReadOnly | undefined;
}

/**
 * Guards against two installations that write for the same stores. Started before everything that sends: a database that was copied
 * switches itself to read-only until a person confirms it.
 */
export interface InstallationGuard extends Part {
  state(): Promise<InstallationState>;
  /** Asking again changes nothing. */
  confirm(by: string): Promise<InstallationState>;
  /** @throws AppError `installation.unconfirmed`: a copy does not write before it has been confirmed. */
  switchReadOnly(readOnly: boolean, by: string, note?: string): Promise<InstallationState>;
}

export const guardInstallation = (kit: ServiceKit, url: string | undefined, ledger: Target<Step>): InstallationGuard => {
  const { database, execution, clock, log, metrics } = kit;
  const now = (): string => clock.now().toISOString();
  const here = async (): Promise<Place> => ({ fingerprint: await fingerprintOf(database), url: url && new URL(url).href });
  const state = async (): Promise<InstallationState> => {
    const installation = await installationOf(database);
    const readOnly = await readOnlyOf(database, readOnlyIdOf(undefined));
    return { installation, difference: differenceOf(installation, await here()), readOnly };
  };

  metrics.observed({ name: 'read_only', help: '1 while nothing is sent to Amazon for this store', labelNames: ['store'] }, async () =>
    (await readOnlyStores(database)).map(({ storeId, readOnly }) => ({ labels: { store: storeId }, value: readOnly ? 1 : 0 })),
  );

  /** Before anything is sent: the original may have sent, since the copy was made, what waits here. */
  const recallWrites = async (): Promise<void> => {
    const why = { code: 'ledger.restored', words: 'The database was restored, or copied: what waited in it may have been sent since.' };
    const open = await openCommands(database);
    await execute(
      execution,
      ledger,
      open.map(({ id, cause }) => ({ key: id, command: { type: 'recall', why }, cause })),
    );
    if (open.length > 0) log.warn({ commands: open.length }, 'writes that waited are read back before anything is sent');
  };

  return {
    name: 'installation',
    state,
    start: async () => {
      const place = await here();
      const difference = differenceOf(await ensureInstallation(database, place, now()), place);
      if (difference === undefined) return place.url === undefined ? undefined : adoptUrl(database, place.url);
      const command = { type: 'switch', readOnly: true, reason: 'copied-database', at: now(), note: difference } as const;
      await execute(execution, readOnlySwitches, [readOnlyItem(command)]);
      log.error({ difference }, 'nothing is sent to Amazon until a person has confirmed that this is the installation');
    },
    confirm: async (by) => {
      const place = await here();
      const at = now();
      const isAnother = differenceOf(await installationOf(database), place) !== undefined;
      if (isAnother) await recallWrites();
      await execute(execution, readOnlySwitches, [readOnlyItem({ type: 'confirm', at, by })], async (tx) => {
        if (isAnother) await confirmInstallation(tx, place, { at, by });
      });
      if (isAnother) log.warn({ by }, 'a person has confirmed that this is the installation');
      return state();
    },
    switchReadOnly: async (readOnly, by, note) => {
      const { difference } = await state();
      if (!readOnly && difference !== undefined) throw new AppError('conflict', 'installation.unconfirmed', { why: difference });
      await execute(execution, readOnlySwitches, [readOnlyItem({ type: 'switch', readOnly, reason: 'person', at: now(), by, note })]);
      return state();
    },
  };
};
