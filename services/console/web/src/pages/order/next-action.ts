import type { OrderAction } from './actions/action.ts';

/** What people do next, the most pressing first: decide, let go on, ship, bill, pay back. */
const nextFirst = ['accept-cancel', 'release', 'ship', 'pickup', 'invoice', 'admit', 'credit-memo', 'comment'] as const;

const shownBesides = 2;

export interface ArrangedActions {
  /** The button that people are meant to press. */
  readonly primary: OrderAction | undefined;
  readonly secondary: readonly OrderAction[];
  /** In the menu. */
  readonly others: readonly OrderAction[];
}

/** Which actions stand where: what is possible and likely as buttons, everything else in the menu. */
export const arranged = (actions: readonly OrderAction[], isPossible: (action: OrderAction) => boolean): ArrangedActions => {
  const possible = nextFirst.flatMap((id) => actions.filter((action) => action.id === id && isPossible(action)));
  const [primary, ...rest] = possible;
  const secondary = rest.slice(0, shownBesides - 1);
  return { primary, secondary, others: actions.filter((action) => action !== primary && !secondary.includes(action)) };
};
