import type { Database } from '@orderbus/outbox';
import type { KeyRing } from '@orderbus/service-kit';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { isRotationDue, type SigningKey, shownAt, shownBeforeMs } from '../domain/signing-key.ts';
import { newKeyId } from '../secrets/once.ts';
import type { Queries } from './queries.ts';

export interface KeptSigningKey extends SigningKey {
  readonly publicKey: JWK;
  /** The private half, sealed. */
  readonly sealed: string;
}

export const signingKeyContextOf = (id: string): string => `signing-key:${id}`;

export const signingKeys = (queries: Queries): Promise<KeptSigningKey[]> =>
  queries.query(`select id, public_key as "publicKey", sealed, created_at as "createdAt", signs_from as "signsFrom" from signing_key`);

/**
 * Makes the next key when it is due, or in any case when somebody asks for it; several replicas make one. It signs once every service has
 * had the time to hear of it; the very first at once. `undefined`: not due.
 */
export const rotateSigningKeys = (
  database: Database,
  ring: KeyRing,
  now: Date,
  everyMs: number,
): Promise<{ readonly id: string; readonly signsFrom: string } | undefined> =>
  database.transaction(async (tx) => {
    await tx.query(`select pg_advisory_xact_lock(hashtext(current_schema() || ':signing keys'))`);
    const keys = await signingKeys(tx);
    if (!isRotationDue(keys, now, everyMs)) return undefined;
    const id = newKeyId();
    const { publicKey, privateKey } = await generateKeyPair('Ed25519', { extractable: true });
    const signsFrom = new Date(now.getTime() + (keys.length === 0 ? 0 : shownBeforeMs)).toISOString();
    await tx.query(`insert into signing_key (id, public_key, sealed, created_at, signs_from) values ($1, $2, $3, $4, $5)`, [
      id,
      { ...(await exportJWK(publicKey)), kid: id, alg: 'EdDSA', use: 'sig' },
      ring.seal(await exportJWK(privateKey), signingKeyContextOf(id)),
      now.toISOString(),
      signsFrom,
    ]);
    return { id, signsFrom };
  });

/** Those whose last token has ended. */
export const purgeSigningKeys = async (database: Database, now: Date): Promise<void> => {
  const shown = shownAt(await signingKeys(database), now).map(({ id }) => id);
  await database.query('delete from signing_key where signs_from < $1 and id <> all($2::text[])', [now.toISOString(), shown]);
};
