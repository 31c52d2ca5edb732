import type { Counter, ServiceKit } from '@orderbus/service-kit';
import { signingAt } from '../domain/signing-key.ts';
import { countOpenSessions } from '../store/sessions.ts';
import { signingKeys } from '../store/signing-keys.ts';

export type SignInCounts = Counter<'method' | 'outcome'>;

export const countSignIns = ({ metrics }: Pick<ServiceKit, 'metrics'>): SignInCounts =>
  metrics.counter({ name: 'sign_ins_total', help: 'Attempts to sign in, by how they ended', labelNames: ['method', 'outcome'] });

/** What the database says when the metrics are read. A database that is away leaves these gauges out. */
export const measureAccess = ({ metrics, database, clock }: ServiceKit, idleMs: number): void => {
  metrics.observed({ name: 'sessions_open', help: 'People who are signed in, by browser' }, () =>
    countOpenSessions(database, clock.now(), idleMs),
  );
  metrics.observed({ name: 'signing_key_age_seconds', help: 'Seconds that the key that signs tokens has been signing' }, async () => {
    const now = clock.now();
    const key = signingAt(await signingKeys(database), now);
    return key && (now.getTime() - Date.parse(key.signsFrom)) / 1_000;
  });
};
