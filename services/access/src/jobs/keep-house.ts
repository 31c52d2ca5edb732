import type { KeyRing } from '@orderbus/service-kit';
import { every, type Part } from '@orderbus/service-kit';
import { purgeAttempts } from '../store/attempts.ts';
import { purgeOidcVisits } from '../store/oidc-visits.ts';
import { purgeSessions } from '../store/sessions.ts';
import { purgeSigningKeys, rotateSigningKeys } from '../store/signing-keys.ts';
import type { AccessKit } from '../surroundings.ts';

const hourMs = 3_600_000;

/** The first key is there before anybody asks for a token; the next ones when they are due. */
export const rotation = (kit: AccessKit, ring: KeyRing, everyMs: number): Part => {
  const turn = async (): Promise<void> => {
    const made = await rotateSigningKeys(kit.database, ring, kit.clock.now(), everyMs);
    if (made !== undefined) kit.log.info(made, 'a new key for tokens');
    await purgeSigningKeys(kit.database, kit.clock.now());
  };
  const loop = every(hourMs, turn, { name: 'rotation', log: kit.log });
  return {
    name: 'rotation',
    start: async () => {
      await turn();
      await loop.start();
    },
    stop: loop.stop,
  };
};

/** What has ended goes. */
export const purge = ({ database, clock, log, settings }: AccessKit): Part =>
  every(
    hourMs,
    async () => {
      const now = clock.now();
      await purgeSessions(database, now, settings.times.idleMs);
      await purgeAttempts(database, now);
      await purgeOidcVisits(database, now);
    },
    { name: 'purge-access', log },
  );
