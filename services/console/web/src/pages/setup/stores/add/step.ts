import type { Store } from '../answers.ts';
import type { NewStore } from './new-store.ts';

/** What every step is given. */
export interface StepProps {
  readonly store: NewStore;
  readonly stores: readonly Store[];
  /** Somebody wanted to go on: what is missing is shown, too. */
  readonly isTried: boolean;
  readonly onChange: (part: Partial<NewStore>) => void;
}
