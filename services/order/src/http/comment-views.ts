import { Actor } from '@orderbus/contracts';
import { z } from 'zod';
import type { Said } from '../store/comments.ts';

export const Comment = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  author: Actor,
  text: z.string(),
  notify: z.boolean().describe('The author wanted the buyer to hear of it. Nothing was sent'),
  visible: z.boolean().describe('Meant for the buyer as well'),
  system: z.boolean().describe('Written by what happened to the order, not by a person'),
  event: z
    .object({ type: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])) })
    .optional()
    .describe('What happened, for programs with words of their own; `context` chooses among the sentences of an event'),
});

export const commentOf = ({ id, type, at, data }: Said): z.output<typeof Comment> => {
  const author = Actor.safeParse(data.actor).data ?? { kind: 'system', name: 'Orderbus' };
  if (type !== 'order.commented')
    return {
      ...{ id, at, author, text: wordsOf[type]?.(data) ?? type, notify: false, visible: false, system: true },
      event: { type, facts: factsOf[type]?.(data as never) ?? {} },
    };
  const { commentId, text, notify, visible } = data as { commentId: string; text: string; notify: boolean; visible: boolean };
  return { id: commentId, at, author, text, notify, visible, system: false };
};

const wordsOf: Readonly<Record<string, (data: Said['data']) => string>> = {
  'order.created': ({ number }) => `Became order ${number}`,
  'order.blocked': ({ reasons }) =>
    `Blocked: ${(reasons as { sku: string; cause: string }[]).map(({ sku, cause }) => `${sku} ${cause}`).join(', ')}`,
  'order.held': ({ cause, reason }) => `${cause === 'person' ? 'Put on hold' : 'On hold: the buyer asks to cancel'}${because(reason)}`,
  'order.released': ({ state }) => `Released: it is ${state} again`,
  'order.cancellation_requested': ({ reason, lines }) => `Amazon is asked to cancel ${what(lines)}${because(reason)}`,
  'order.cancellation_refused': ({ why }) => `Amazon does not cancel it${because(why)}`,
  'order.units_canceled': ({ lines, reason }) => `Amazon has canceled ${what(lines)}${because(reason)}`,
  'order.canceled': ({ reason }) => `Canceled${because(reason)}`,
  'order.closed': () => 'Closed: its money has gone back',
  'order.renumbered': ({ number, before }) => `Number ${number}, before ${before}`,
  'order.status_changed': ({ status, before }) => `Status ${status}, before ${before}`,
};

type Facts = Readonly<Record<string, string | number>>;

const factsOf: Readonly<Record<string, (data: never) => Facts>> = {
  'order.created': ({ number }: { number: string }) => ({ number }),
  'order.blocked': ({ reasons }: { reasons: readonly { sku: string; wanted: number; available: number }[] }) => {
    const [first] = reasons;
    if (first === undefined) return { context: 'plain' };
    const { sku, wanted, available } = first;
    return { sku, wanted, available, others: reasons.length - 1, context: reasons.length === 1 ? 'one' : 'several' };
  },
  'order.held': ({ cause, reason }: { cause: string; reason?: string }) => (cause === 'person' ? orPlain(reason) : { context: 'buyer' }),
  'order.released': ({ state }: { state: string }) => ({ status: state }),
  'order.cancellation_requested': ({ reason, lines }: { reason: string; lines?: readonly { quantity: number }[] }) =>
    lines === undefined ? { reason, context: 'order' } : { reason, context: 'units', count: unitsOf(lines) },
  'order.cancellation_refused': ({ why }: { why: string }) => ({ words: why }),
  'order.units_canceled': ({ lines }: { lines: readonly { quantity: number }[] }) => ({ count: unitsOf(lines) }),
  'order.canceled': ({ reason }: { reason?: string }) => orPlain(reason),
  'order.renumbered': ({ number, before }: { number: string; before: string }) => ({ number, before }),
  'order.status_changed': ({ status, before }: { status: string; before: string }) => ({ status, before }),
};

const orPlain = (reason: string | undefined): Facts => (reason === undefined ? { context: 'plain' } : { context: 'reason', reason });

const unitsOf = (lines: readonly { readonly quantity: number }[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const because = (reason: unknown): string => (reason === undefined ? '' : `: ${reason}`);

const what = (lines: unknown): string => {
  if (!Array.isArray(lines)) return 'the whole order';
  const units = unitsOf(lines);
  return units === 1 ? 'one unit' : `${units} units`;
};
