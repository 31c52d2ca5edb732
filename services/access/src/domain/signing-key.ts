/** A pair of keys that tokens are signed with. Its public half is shown from the moment it is made, and for as long as its tokens live. */
export interface SigningKey {
  readonly id: string;
  readonly createdAt: string;
  /** Later than made: every service has to have had the time to hear of it. */
  readonly signsFrom: string;
}

/** How long a token is good. */
export const tokenLifeMs = 300_000;

/** Between being shown and signing. Services read the keys again every ten minutes, and when they meet an unknown one. */
export const shownBeforeMs = 600_000;

/** Clocks differ, and an answer may have been kept on its way. */
const graceMs = 300_000;

/** The one that signs: the youngest of those whose time has come. */
export const signingAt = <Key extends SigningKey>(keys: readonly Key[], now: Date): Key | undefined =>
  byAge(keys).findLast(({ signsFrom }) => Date.parse(signsFrom) <= now.getTime());

/** Those that are shown: all but the ones whose last token has ended. */
export const shownAt = <Key extends SigningKey>(keys: readonly Key[], now: Date): Key[] => {
  const sorted = byAge(keys);
  return sorted.filter((_, index) => {
    const successor = sorted[index + 1];
    return successor === undefined || Date.parse(successor.signsFrom) + tokenLifeMs + graceMs > now.getTime();
  });
};

/** Is it time for the next one? One that is waiting for its turn is enough. */
export const isRotationDue = (keys: readonly SigningKey[], now: Date, everyMs: number): boolean => {
  const youngest = byAge(keys).at(-1);
  return youngest === undefined || Date.parse(youngest.signsFrom) + everyMs <= now.getTime();
};

const byAge = <Key extends SigningKey>(keys: readonly Key[]): Key[] =>
  keys.toSorted((a, b) => Date.parse(a.signsFrom) - Date.parse(b.signsFrom) || (a.id < b.id ? -1 : 1));
