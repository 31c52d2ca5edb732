import type { Clock } from '@orderbus/kernel';
import { type Execution, execute, type Target } from '@orderbus/outbox';
import { every, type Log, type Part } from '@orderbus/service-kit';
import type { Step } from '../domain/command.ts';
import { whyItWaits } from '../domain/why-it-waits.ts';
import { overdueCommands } from '../store/command-list.ts';

export interface OverdueOptions {
  readonly execution: Execution;
  readonly ledger: Target<Step>;
  readonly clock: Clock;
  readonly log: Log;
}

const everyMs = 2_000;

const resolved = { code: 'waits.resolved', words: 'It has been resolved meanwhile.' };

/** Tells, once, of each command that is not resolved by its deadline, with the reason why it waits. It goes on waiting. */
export const overdueWatch = ({ execution, ledger, clock, log }: OverdueOptions): Required<Part> =>
  every(
    everyMs,
    async () => {
      const now = clock.now();
      const late = await overdueCommands(execution.database, now);
      if (late.length === 0) return;
      const items = late.map((command) => ({
        key: command.id,
        command: { type: 'overdue', ...(whyItWaits(command, command, now) ?? resolved) } as const,
        cause: command.cause,
      }));
      await execute(execution, ledger, items);
    },
    { name: 'overdue writes', log },
  );
