import type { BlockReason } from '@orderbus/contracts';
import { formatMoney } from '@orderbus/kernel';
import type { FactsOf, NamedOrder } from './facts.ts';
import { numbered, type Words } from './phrases.ts';

export const newOrder = (facts: FactsOf<'order-new'>): Words => {
  const units = facts.units === 1 ? '1 unit' : `${facts.units} units`;
  const total = facts.total ? `, ${formatMoney(facts.total)} ${facts.total.currency}` : '';
  return {
    title: `New order ${facts.number} (${facts.amazonOrderId}): ${units}${total}`,
    text: [`${named(facts)} arrived${facts.country ? ` from Amazon ${facts.country}` : ''}: ${units}${total}.`],
  };
};

export const blockedOrder = (facts: FactsOf<'order-blocked'>): Words => {
  const [first, ...others] = facts.reasons;
  const why = first ? `: ${causeOf(first)}${others.length > 0 ? ` and ${others.length} more` : ''}` : '';
  return {
    title: `${named(facts)} is blocked${why}`,
    text: [
      `${named(facts)} waits, because something is missing:`,
      ...facts.reasons.map((reason) => `- ${reason.sku}: ${reason.wanted} wanted, ${reason.available} available${remedyOf(reason)}`),
      'It goes on by itself as soon as everything is there.',
    ],
  };
};

export const canceledOrder = (facts: FactsOf<'order-canceled'>): Words => ({
  title: `${named(facts)} was canceled`,
  text: [`${named(facts)} was canceled.`, ...(facts.reason ? [`Reason: ${facts.reason}`] : []), 'Do not ship it.'],
});

export const requestedCancellation = (facts: FactsOf<'cancel-requested'>): Words => ({
  title: `${named(facts)}: the buyer wants to cancel it`,
  text: [
    `The buyer of order ${numbered(facts)} wants to cancel it. It is on hold.`,
    'Accept: Amazon is asked to cancel it. Decline: it goes on as before.',
  ],
});

export const unacceptableAddress = (facts: FactsOf<'address-unacceptable'>): Words => ({
  title: `${named(facts)}: no parcel can be sent to its address`,
  text: [
    `The address of order ${numbered(facts)} lacks something, or something in it is wrong.`,
    'Do not send it there: correct the address at the order first. This settles itself when the address is good.',
  ],
});

export const unreadableOrder = (facts: FactsOf<'order-unreadable'>): Words => {
  const order = facts.amazonOrderId ? `Amazon order ${facts.amazonOrderId}` : 'An Amazon order';
  return {
    title: `${order} cannot be read`,
    text: [
      `${order} cannot be read, so it was not imported:`,
      ...facts.problems.map((problem) => `- ${problem}`),
      `The gateway keeps Amazon's answer as ${facts.rawId}. All other orders go on.`,
    ],
  };
};

const named = (order: NamedOrder): string => `Order ${numbered(order)}`;

const causeOf = ({ sku, cause, available }: BlockReason): string => {
  if (cause === 'unknown-sku') return `${sku} is not in the catalogue`;
  if (cause === 'disabled') return `${sku} is disabled`;
  return available > 0 ? `there is not enough of ${sku}` : `${sku} is out of stock`;
};

const remedyOf = ({ cause }: BlockReason): string => {
  if (cause === 'unknown-sku') return ' (not in the catalogue: add the product)';
  return cause === 'disabled' ? ' (the product is disabled)' : '';
};
