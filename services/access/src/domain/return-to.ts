/** Where somebody may be sent after he has signed in: pages of ours, and of the origins that are named. Anything else is left aside. */
export const returnTo = (wanted: string | null | undefined, ownUrl: string, origins: readonly string[]): string | undefined => {
  if (!wanted || wanted.length > 2_000 || !/^(\/|https?:\/\/)[^\\\p{Cc}]*$/u.test(wanted)) return undefined;
  const own = new URL(ownUrl).origin;
  // A browser takes `//host` for another host; so does this, and then its origin is not ours.
  if (!URL.canParse(wanted, own)) return undefined;
  const target = new URL(wanted, own);
  if (target.username !== '' || target.password !== '') return undefined;
  if (target.origin === own) return `${target.pathname}${target.search}${target.hash}`;
  return origins.includes(target.origin) ? target.href : undefined;
};
