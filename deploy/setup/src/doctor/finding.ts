/** What a look at one thing has shown, in words for people. Holds no secret: what is quoted has gone through `reasonOf`. */
export interface Finding {
  readonly verdict: Verdict;
  /** The thing: a service, a server, a store. */
  readonly about: string;
  readonly says: string;
  /** What to do. Of everything that is not right. */
  readonly todo?: string;
}

/** `ok`: right. `warn`: it works, and will not for ever. `fail`: something does not work. */
type Verdict = 'ok' | 'warn' | 'fail';

export const right = (about: string, says: string): Finding => ({ verdict: 'ok', about, says });
export const worrying = (about: string, says: string, todo: string): Finding => ({ verdict: 'warn', about, says, todo });
export const wrong = (about: string, says: string, todo: string): Finding => ({ verdict: 'fail', about, says, todo });

const severity = { ok: 0, warn: 1, fail: 2 } as const;

/** 0: all is right. 1: there are warnings. 2: something does not work. */
export const exitCodeOf = (findings: readonly Finding[]): number => Math.max(0, ...findings.map(({ verdict }) => severity[verdict]));
