import { randomUUID } from 'node:crypto';
import { decide } from '../src/domain/decide.ts';
import type { BillingCommand, CommandOf, CreditWish, DocumentBook, OrderBilling } from '../src/domain/order-billing.ts';
import type { BillingSettings } from '../src/domain/settings.ts';
import { anOrder, type Created } from './orders.ts';
import { aBook } from './world.ts';

export const about = { id: '7d3f6f0e-54a3-5d4b-9d62-0a1b8d0a7c11', tenant: 'store-1' };
export const ada = { kind: 'person', name: 'Ada' } as const;
export const at = '2026-05-04T10:00:00.000Z';

type Event = { readonly definition: { readonly type: string }; readonly data: unknown };

/** The life of one order's billing, command by command. */
export interface Life {
  readonly book: ReturnType<typeof aBook>;
  readonly events: Event[];
  /** As it stands; throws when nothing is known of it. */
  order(): OrderBilling;
  /** What came of it: the events' types, or the refusal with its words. */
  tell(command: BillingCommand): string[];
}

export const lifeOf = (changes: Partial<Created> | 'unheard-of' = {}, settings: Partial<BillingSettings> = {}): Life => {
  const book = aBook(settings);
  const events: Event[] = [];
  let state: OrderBilling | undefined;
  const life: Life = {
    ...{ book, events },
    order: () => {
      if (state === undefined) throw new Error('not known');
      return state;
    },
    tell: (command) => {
      const decision = decide(state, command, about, book as DocumentBook);
      if ('refused' in decision) return [decision.refused, ...(decision.detail === undefined ? [] : [decision.detail])];
      state = { ...decision.state, ...about, version: (state?.version ?? 0) + decision.events.length };
      events.push(...(decision.events as readonly Event[]));
      return decision.events.map(({ definition }) => definition.type);
    },
  };
  if (changes !== 'unheard-of') life.tell(opening(changes));
  return life;
};

export const opening = (changes: Partial<Created> = {}): CommandOf<'open'> => ({
  type: 'open',
  orderVersion: 1,
  order: anOrder({ orderId: about.id, ...changes }),
});

export const billing = (lines?: readonly (readonly [string, number])[]): CommandOf<'bill'> => ({
  ...{ type: 'bill', invoiceId: randomUUID(), actor: ada },
  lines: lines?.map(([lineId, quantity]) => ({ lineId, quantity })),
});

export const crediting = (wish: Partial<CreditWish> = {}, changes: Partial<CommandOf<'credit'>> = {}): CommandOf<'credit'> => ({
  ...{ type: 'credit', memoId: randomUUID(), returnId: null, confirm: true, actor: ada, at },
  wish: { kind: 'refund', reason: 'customer-return', ...wish },
  ...changes,
});

export const hearing = (memoId: string, fact: CommandOf<'hear'>['fact']): CommandOf<'hear'> => ({
  ...{ type: 'hear', fact, memoId, at },
  refusal: fact === 'refuse' ? { code: 'refund.too-much', words: 'Too much' } : undefined,
});

export const sending = (shipmentId: string, revision: number, lines: readonly (readonly [string, number])[]): CommandOf<'ship'> => ({
  ...{ type: 'ship', shipmentId, revision },
  lines: lines.map(([lineId, quantity]) => ({ lineId, quantity })),
});

export const updating = (order: Created, orderVersion: number, complete = false): CommandOf<'update'> => ({
  ...{ type: 'update', orderVersion, totals: order.totals, lines: order.lines, complete },
});
