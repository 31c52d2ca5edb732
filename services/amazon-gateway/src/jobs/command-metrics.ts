import type { Clock } from '@orderbus/kernel';
import type { Database } from '@orderbus/outbox';
import { type Metrics, remembered } from '@orderbus/service-kit';
import type { Command, Step } from '../domain/command.ts';
import { openStates } from '../domain/lifecycle.ts';
import { waitingCommands } from '../store/command-queue.ts';

/** Measures the ledger: how long Amazon's answers take, counted from when a command was asked for, and what still waits. */
export const commandMetrics = (metrics: Metrics, database: Database, clock: Clock): ((command: Command, step: Step) => void) => {
  const duration = metrics.histogram({
    name: 'amazon_write_seconds',
    help: 'Seconds from asking for a write to Amazon doing or refusing it',
    labelNames: ['kind', 'outcome'],
    buckets: [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1_800, 7_200, 86_400],
  });
  const waiting = remembered(() => waitingCommands(database, clock.now()));
  const perState = (part: 'commands' | 'oldestAgeSeconds') => async () => {
    const found = await waiting();
    return openStates.map((state) => ({ labels: { state }, value: found.find((each) => each.state === state)?.[part] ?? 0 }));
  };
  metrics.observed(
    { name: 'amazon_commands', help: 'Writes to Amazon that are not resolved', labelNames: ['state'] },
    perState('commands'),
  );
  metrics.observed(
    { name: 'amazon_command_oldest_age_seconds', help: 'Seconds that the oldest of them has been waiting', labelNames: ['state'] },
    perState('oldestAgeSeconds'),
  );
  return ({ kind, requestedAt }, { type }) => {
    const outcome = outcomes[type];
    if (outcome) duration.observe({ kind, outcome }, (clock.now().getTime() - Date.parse(requestedAt)) / 1_000);
  };
};

const outcomes: Partial<Record<Step['type'], string>> = { succeed: 'accepted', found: 'accepted', refuse: 'rejected' };
