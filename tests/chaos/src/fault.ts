import type { Random } from '@orderbus/tests-system/random';
import type { Traffic } from '@orderbus/tests-system/traffic';
import type { Stage } from './stage.ts';

/** What a fault may use while it is played. */
export interface Scene {
  readonly stage: Stage;
  readonly traffic: Traffic;
  readonly random: Random;
  /** Everything that it can be done to; otherwise some of it. */
  readonly thorough: boolean;
}

/** What came of it. */
export interface Reached {
  /** How often it was done. */
  readonly times: number;
  /** What was seen that shows that it was felt. */
  readonly seen: string;
  /** Messages that were made to die: they are expected among the dead letters, and discarded. */
  readonly poison?: readonly string[];
}

/** Something that goes wrong. A table of them is in docs/chaos.md. */
export interface Fault {
  readonly name: string;
  /** For people. */
  readonly what: string;
  /** How it is known that it was felt, and not only done. */
  readonly shownBy: string;
  /** Does it take a RabbitMQ, or the rights of root? Otherwise it is left out. */
  readonly needs?: 'rabbit' | 'root' | 'faketime';
  /** Is it among those of `--short`? */
  readonly short?: boolean;
  /** It may take so long until all is right again, if more than a minute, and why. */
  readonly patience?: { readonly seconds: number; readonly why: string };
  /** Does it, waits until it was felt, and takes it back. @throws when it was not felt */
  readonly play: (scene: Scene) => Promise<Reached>;
}
