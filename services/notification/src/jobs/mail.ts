import type { ClaimedDelivery } from '../store/deliveries.ts';

/** A mail as it goes to the server. */
export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** The same for every attempt at a delivery, so that mail systems can drop the second copy of one that was sent twice. */
  readonly messageId: string;
  readonly date: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface MailFrame {
  readonly from: string;
  readonly consoleUrl: string | undefined;
}

/** Composes the mail from the alert as it is now: what has been settled while the mail server was away is told as settled. */
export const composeMail = (delivery: ClaimedDelivery, { from, consoleUrl }: MailFrame): Mail => ({
  from: { name: 'Orderbus', address: from },
  to: { name: '', address: delivery.recipient },
  subject: delivery.resolvedAt === null ? delivery.title : `Resolved: ${delivery.title}`,
  text: [
    delivery.text,
    ...(delivery.resolvedAt === null ? [] : ['', `Meanwhile resolved, at ${delivery.resolvedAt}. Nothing to do.`]),
    ...(consoleUrl === undefined ? [] : ['', new URL(`alerts/${delivery.alertId}`, withSlash(consoleUrl)).href]),
    '',
  ].join('\n'),
  messageId: `<${delivery.id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
  date: delivery.raisedAt,
  // Out-of-office answers to a machine help nobody.
  headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
});

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);
