import { plainVoice } from '../domain/language.ts';
import type { ClaimedDelivery } from '../store/deliveries.ts';
import { compose } from '../words/compose.ts';
import type { Templates } from '../words/templates.ts';

/** A mail as it goes to the server. */
export interface Mail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
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
export const composeMail = ({ id, recipient, alert }: ClaimedDelivery, { from, consoleUrl }: MailFrame, templates: Templates): Mail => {
  const content = { alerts: [alert], counts: { [alert.kind]: 1 }, rule: 'ALERT_TO', test: false };
  const { title, text, html } = compose(templates, content, plainVoice, consoleUrl);
  return {
    from: { name: 'Orderbus', address: from },
    to: { name: '', address: recipient },
    subject: title,
    ...{ text, html },
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date: alert.raisedAt,
    // Out-of-office answers to a machine help nobody.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
};
