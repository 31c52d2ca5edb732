import type { Command } from './command.ts';
import type { CommandState } from './lifecycle.ts';
import type { WriteRequest } from './write-request.ts';

/** One of several times that the same thing was asked for, each a command of its own. */
export interface Attempt {
  /** From 1. */
  readonly attempt: number;
  readonly state: CommandState;
}

/** The commands that `pick` takes for attempts at the same thing. */
export const attemptsAmong = (commands: readonly Command[], pick: (request: WriteRequest) => number | undefined): Attempt[] =>
  commands.flatMap(({ request, state }) => {
    const attempt = pick(request);
    return attempt === undefined ? [] : [{ attempt, state }];
  });

/** Why it must not be asked for once more: only what has surely failed is asked for again. */
export const askedAlready = (attempt: number, others: readonly Attempt[]): string | undefined => {
  const later = laterAttempt(attempt, others);
  if (later !== undefined) return later;
  const standing = others.find((other) => other.attempt !== attempt && other.state !== 'failed');
  return standing && `asked already: attempt ${standing.attempt} is ${standing.state}`;
};

/** Why one that has failed must not be sent again by hand. */
export const laterAttempt = (attempt: number, others: readonly Attempt[]): string | undefined => {
  const last = Math.max(attempt, ...others.map((other) => other.attempt));
  return last > attempt ? `attempt ${last} has been asked since: what becomes of it counts` : undefined;
};
