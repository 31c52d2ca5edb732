import { AppError } from '@orderbus/kernel';
import { changeKeys, dropKeys, restoreKeys, tellKeys } from './change-keys.ts';
import type { KeyPlace } from './key-place.ts';

export const keyCommands = `  status    which keys there are, and which of them each service needs
  rotate    a new key: everybody gets it, then it seals, then everything that is kept is sealed with it
  drop      takes the old keys away, once nothing needs them any more; --now does not wait for messages that may be on their way
  restore   puts back what was dropped
`;

export interface KeyCommand {
  readonly word: string;
  readonly places: readonly KeyPlace[];
  readonly everyMs: number;
  readonly now: boolean;
}

/** What a person asks for, with an exit code and words for him. `undefined`: there is no such command. */
export const runKeyCommand = async ({ word, places, everyMs, now }: KeyCommand): Promise<number | undefined> => {
  const command = {
    status: tellKeys,
    rotate: changeKeys,
    drop: (options: Parameters<typeof dropKeys>[0]) => dropKeys(options, { anyway: now }),
    restore: restoreKeys,
  }[word];
  if (!command || places.length === 0) return undefined;
  try {
    for (const place of places) await command({ place, everyMs, say: (words) => process.stdout.write(`${words}\n`) });
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
};
