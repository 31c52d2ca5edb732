import { allEvents } from '@orderbus/contracts';
import { on, type Subscription } from '@orderbus/outbox';
import { happenings } from '../store/happenings.ts';

/** All that happens in any service is shown somewhere. */
export const subscriptions: readonly Subscription[] = allEvents.map((event) =>
  on(event, 'console.show', happenings, {
    key: ({ id }) => id,
    command: (heard, recordedAt) => ({ event: heard, recordedAt: recordedAt ?? heard.occurredAt }),
  }),
);
