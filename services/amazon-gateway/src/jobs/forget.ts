import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import { purgeLetters } from '../store/contact-letters.ts';
import { purgeErrors } from '../store/error-log.ts';

const everyMs = 3_600_000;

/** Deletes failed calls from the record when they have been kept as long as the setting says. */
export const forgetErrors = ({ database, clock, log }: Pick<ServiceKit, 'database' | 'clock' | 'log'>, keptMs: number): Required<Part> =>
  every(everyMs, () => purgeErrors(database, new Date(clock.now().getTime() - keptMs)), { name: 'error log purge', log });

/** Forgets what was said to buyers when it has been kept as long as the setting says. */
export const forgetLetters = ({ database, clock, log }: Pick<ServiceKit, 'database' | 'clock' | 'log'>, keptMs: number): Required<Part> =>
  every(everyMs, () => purgeLetters(database, new Date(clock.now().getTime() - keptMs)), { name: 'letters purge', log });
