import type { FactsOf } from './facts.ts';
import { counted, refusalLine, timeText, type Words } from './phrases.ts';

export const syncStalled = ({ storeName, since, refusal, needsPerson }: FactsOf<'sync-stalled'>): Words => ({
  title: `Store ${storeName} is no longer kept in step with Amazon`,
  text: [
    `Store ${storeName} is no longer kept in step with Amazon${since === undefined ? '' : `, since ${timeText(since)}`}:`,
    refusalLine(refusal),
    needsPerson
      ? "It does not pass by itself: mend the store's authorization or credentials. Nothing is lost, all changes are read afterwards."
      : 'It is tried again by itself. Nothing is lost, all changes are read afterwards.',
  ],
});

export const gapFound = ({ storeName, from, until, seen, missing, amazonOrderIds }: FactsOf<'gap-found'>): Words => {
  const notShown = missing - amazonOrderIds.length;
  return {
    title: `Store ${storeName}: ${counted(missing, 'missing order')} found and imported`,
    text: [
      `Of ${counted(seen, 'order')} created at Amazon from ${timeText(from)} to ${timeText(until)}, ${missing} had been missing from Amazon's list of changes:`,
      ...amazonOrderIds.map((amazonOrderId) => `- ${amazonOrderId}`),
      ...(notShown > 0 ? [`- and ${notShown} more`] : []),
      'They have been read now. Look whether they can still be shipped in time.',
    ],
  };
};

export const expiringSecret = ({ storeName, secret, expiresAt, daysBefore }: FactsOf<'secret-expiring'>): Words => {
  const { name, remedy } = secretWords[secret];
  const until = daysBefore > 0 ? `is to be renewed by ${timeText(expiresAt)}` : `was to be renewed by ${timeText(expiresAt)}`;
  return {
    title: `Store ${storeName}: its ${name} ${until}`,
    text: [
      `Store ${storeName}: its ${name} ${until}, counted from when it was entered here. After that Amazon may let nobody in: nothing is read, nothing is sent.`,
      `${remedy} Then enter it: PUT /stores/:storeId/credentials of the gateway, or in its environment. This settles itself.`,
    ],
  };
};

const secretWords = {
  'client-secret': {
    name: 'LWA client secret',
    remedy: 'Make a new one for the application in Seller Central, under LWA credentials.',
  },
  authorization: {
    name: "seller's authorization",
    remedy: 'Let the seller authorize the application again: that shows a new refresh token.',
  },
} as const satisfies Record<FactsOf<'secret-expiring'>['secret'], { name: string; remedy: string }>;

export const readOnly = ({ storeId, reason }: FactsOf<'read-only'>): Words => {
  const where = storeId === undefined ? '' : ` for store ${storeId}`;
  return {
    title: `Nothing is sent to Amazon${where}: read-only mode is on`,
    text: [
      reason === 'copied-database'
        ? `Read-only mode has switched itself on${where}: the database looks like a copy of another installation's, and both would write.`
        : `A person has switched read-only mode on${where}.`,
      'Orders are still read. Shipments, cancellations and refunds wait, and nothing is sent to Amazon until a person switches it off.',
    ],
  };
};

export const stuckFeed = ({ feedId, feedType, submittedAt, commands }: FactsOf<'feed-stuck'>): Words => ({
  title: `Amazon does not finish feed ${feedId}: ${counted(commands, 'request')} without an answer`,
  text: [
    `Feed ${feedId} (${feedType}) was submitted at ${timeText(submittedAt)} with ${counted(commands, 'request')}, and Amazon has not finished it.`,
    'Everything of its kind waits behind it. If it stays so, open a case with Amazon and name the feed.',
  ],
});
