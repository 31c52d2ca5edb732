/** What this database was when the first start, or a person, last said that it is the installation that may write to Amazon. */
export interface Installation {
  readonly id: string;
  readonly fingerprint: string;
  readonly url: string | null;
  readonly confirmedAt: string;
  readonly confirmedBy: string | null;
}

/** What a running process sees: the database that it is connected to, and the address that it was given. */
export interface Place {
  readonly fingerprint: string;
  readonly url: string | undefined;
}

/**
 * How this differs from what was confirmed, if it does: then it may be a copy, and the original may be running. An address that was
 * known and is no longer given counts as another one: a copy of the disks has the same fingerprint.
 */
export const differenceOf = (confirmed: Installation, here: Place): string | undefined => {
  if (confirmed.fingerprint !== here.fingerprint) return 'the database is a copy, or was restored from one';
  if (confirmed.url !== null && confirmed.url !== (here.url ?? null))
    return `the address is ${here.url ?? 'not given'}, it was ${confirmed.url}`;
  return undefined;
};
