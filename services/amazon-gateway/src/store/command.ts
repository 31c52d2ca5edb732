import type { Clock } from '@orderbus/kernel';
import { aggregates, type Cause, type Item, type Target } from '@orderbus/outbox';
import type { Command, LedgerContext, Step } from '../domain/command.ts';
import { decideCommand } from '../domain/decide-command.ts';
import { CommandEntity } from './command-entity.ts';
import { openPictures, type Pictures, type Wanted } from './pictures.ts';

export interface LedgerOptions {
  readonly clock: Clock;
  /** How long a command may take before a person hears about it. */
  readonly deadlineMs: number;
  /** How long Amazon's books get before they are looked into for the first time. */
  readonly bookingMs: number;
}

/** The ledger of writes to Amazon. The key is the command's id. */
export const commands = ({ clock, deadlineMs, bookingMs }: LedgerOptions): Target<Step> =>
  aggregates<Command, Step, LedgerContext & Pictures>({
    name: 'amazonCommands',
    entity: CommandEntity,
    decide: (known, step, about, context) => {
      const decision = decideCommand(known, step, about, context);
      if ('state' in decision) context.learn({ ...decision.state, ...about, version: known?.version ?? 0 });
      return decision;
    },
    context: async (tx, items) => {
      const pictures = await openPictures(tx, ordersOf(items));
      const causes = new Map(items.toReversed().map(({ key, cause }) => [key, cause]));
      return {
        context: { ...pictures, now: clock.now().toISOString(), deadlineMs, bookingMs, causeOf: (id) => causes.get(id) as Cause },
        finish: () => pictures.finish(tx),
      };
    },
  });

const ordersOf = (items: readonly Item<Step>[]): Wanted => ({
  orderIds: items.flatMap(({ command }) => (command.type === 'request' ? [command.ask.data.orderId] : [])),
  commandIds: items.flatMap(({ key, command }) => (command.type === 'resend' ? [key] : [])),
});
