import type { Clock } from '@orderbus/kernel';
import { every, type Log, type Part } from '@orderbus/service-kit';
import type { Store } from '../domain/store.ts';
import type { Poller } from './poller.ts';
import { nextPollOf } from './schedule.ts';

export interface SchedulerOptions {
  /** The stores that are to be polled, as they are now. */
  readonly active: () => readonly { readonly store: Store; readonly poller: Poller }[];
  readonly clock: Clock;
  readonly log: Log;
}

export interface Scheduler extends Required<Part> {
  /** Begins what is due. */
  turn(): void;
}

interface Appointment {
  readonly cron: string;
  readonly due: Date | undefined;
  readonly madeAt: Date;
}

/** How late a poll may begin. */
const turnMs = 250;

/** Polls each store when it appears, and then at the times of its pattern: one loop for all of them. */
export const scheduler = ({ active, clock, log }: SchedulerOptions): Scheduler => {
  const appointments = new Map<string, Appointment>();

  const turn = (): void => {
    const now = clock.now();
    const stores = active();
    for (const { store, poller } of stores) {
      const known = appointments.get(store.id);
      const isDue = known?.due !== undefined && known.due <= now;
      // A clock that was set back makes an appointment of before one of far away.
      if (known?.cron === store.cron && !isDue && known.madeAt <= now) continue;
      appointments.set(store.id, { cron: store.cron, due: nextPollOf(store, now), madeAt: now });
      if (known === undefined) poller.begin();
      else if (isDue) poller.begin(known.due);
    }
    if (appointments.size > stores.length) forgetAllBut(new Set(stores.map(({ store }) => store.id)));
  };
  const forgetAllBut = (ids: ReadonlySet<string>): void => {
    for (const id of appointments.keys()) if (!ids.has(id)) appointments.delete(id);
  };

  return { ...every(turnMs, async () => turn(), { name: 'poll', log }), turn };
};
