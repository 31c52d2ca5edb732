import type { Database } from '@orderbus/outbox';

/** Somebody has been sent to the OpenID provider. What comes back has to fit all of it. */
export interface OidcVisit {
  readonly stateHash: string;
  /** Of the browser that was sent there: the answer counts in no other. */
  readonly cookieHash: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string | null;
  readonly expiresAt: string;
}

export const addOidcVisit = async (database: Database, visit: OidcVisit): Promise<void> => {
  await database.query(
    `insert into oidc_visit (state_hash, cookie_hash, nonce, verifier, return_to, expires_at) values ($1, $2, $3, $4, $5, $6)`,
    [visit.stateHash, visit.cookieHash, visit.nonce, visit.verifier, visit.returnTo, visit.expiresAt],
  );
};

/** Once, and in the browser that it was given to. */
export const takeOidcVisit = async (
  database: Database,
  stateHash: string,
  cookieHash: string,
  now: string,
): Promise<OidcVisit | undefined> => {
  const [visit] = await database.query<OidcVisit>(
    `delete from oidc_visit where state_hash = $1 and cookie_hash = $2 and expires_at > $3
     returning state_hash as "stateHash", cookie_hash as "cookieHash", nonce, verifier, return_to as "returnTo", expires_at as "expiresAt"`,
    [stateHash, cookieHash, now],
  );
  return visit;
};

export const purgeOidcVisits = async (database: Database, now: Date): Promise<void> => {
  await database.query('delete from oidc_visit where expires_at <= $1', [now.toISOString()]);
};
