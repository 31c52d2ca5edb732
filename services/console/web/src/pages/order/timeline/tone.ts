import type { Tone } from '../../../ui/Status.tsx';
import type { Entry } from './entries.ts';

const bad = /(rejected|refused|blocked|missed|stuck|unreadable|dead_letters_opened|stalled)$/;
const doubtful = /(uncertain|at_risk|held|short|attention_raised|circuit_opened|purged)$/;
const good = /(accepted|confirmed|settled|issued|dispatched|reserved|processing_started)$/;

/** How news is meant: by what its type says happened. */
export const toneOfEntry = ({ kind, type }: Pick<Entry, 'kind' | 'type'>): Tone => {
  if (kind === 'failed-call' || bad.test(type)) return 'stopped';
  if (doubtful.test(type)) return 'attention';
  return good.test(type) ? 'ok' : 'quiet';
};
