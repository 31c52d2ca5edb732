import type { Target } from '@orderbus/outbox';
import type { Heard } from '../domain/timeline-entry.ts';
import { tellLive } from '../live/tell.ts';
import { readModel } from './read-model.ts';

/** What happens now: it is kept, and open pages hear of it once it is. */
export const happenings: Target<Heard> = {
  name: 'happenings',
  run: async (tx, items) => {
    const outcomes = await readModel.run(tx, items);
    await tellLive(
      tx,
      items.map(({ command: { event } }) => event),
    );
    return outcomes;
  },
};
