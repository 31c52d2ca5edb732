/**
 * Where an order stands, as the order service says. `pending`: Amazon shows it, and it is no order yet. `held` covers what it would be without
 * the hold.
 */
export const states = ['pending', 'new', 'blocked', 'processing', 'held', 'complete', 'closed', 'canceled'] as const;
export type State = (typeof states)[number];

/** Still to be shipped, at least in part: only these can be on hold. */
export const isOpen = (state: State): boolean => state === 'new' || state === 'blocked' || state === 'processing';

/** What was sold: neither what is no order yet nor what was canceled. Money that went back later is not taken off. */
export const isSold = (state: State): boolean => state !== 'pending' && state !== 'canceled';
