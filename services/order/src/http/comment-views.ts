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
});

export const commentOf = ({ id, type, at, data }: Said): z.output<typeof Comment> => {
  const author = Actor.safeParse(data.actor).data ?? { kind: 'system', name: 'Orderbus' };
  if (type !== 'order.commented')
    return { id, at, author, text: wordsOf[type]?.(data) ?? type, notify: false, visible: false, system: true };
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

const because = (reason: unknown): string => (reason === undefined ? '' : `: ${reason}`);

const what = (lines: unknown): string => {
  if (!Array.isArray(lines)) return 'the whole order';
  const units = (lines as { quantity: number }[]).reduce((sum, { quantity }) => sum + quantity, 0);
  return units === 1 ? 'one unit' : `${units} units`;
};
