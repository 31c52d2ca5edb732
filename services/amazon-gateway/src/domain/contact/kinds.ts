import type { ContactKind } from '@orderbus/contracts';

/** One thing that may be said to a buyer through Amazon, and its limits. */
export interface ContactRules {
  /** What it is for, and when Amazon offers it: shown to whoever wonders. */
  readonly about: string;
  readonly offered: string;
  /** Words of the seller's own, and what links in them may be about. Absent: Amazon's words alone. */
  readonly text?: { readonly longest: number; readonly links: string };
  /** Files that go along. */
  readonly files?: { readonly least: number; readonly most: number };
}

/**
 * Everything that can be said. There is no kind for "we have received your order" and none for "your order is on its way", and no other way to
 * a buyer: so these cannot be sent.
 */
export const contactRules = {
  'confirm-customization': {
    about: 'Asks the buyer to give or to check what a customized product needs: the spelling of a name, initials, a picture.',
    offered: 'while a customized order that you ship yourself has not been shipped',
    text: { longest: 800, links: 'the customization' },
    files: { least: 0, most: 5 },
  },
  'confirm-delivery': {
    about: 'Arranges the delivery, or asks for what it needs.',
    offered: 'until an order that you ship yourself has to be delivered',
    text: { longest: 2_000, links: 'the delivery' },
  },
  'confirm-order-details': {
    about: 'Asks a question that has to be answered before the order can be shipped.',
    offered: 'before an order that you ship yourself is shipped',
    text: { longest: 2_000, links: 'completing the order' },
  },
  'confirm-service': {
    about: "Arranges a service at the buyer's home.",
    offered: 'for services',
    text: { longest: 2_000, links: 'the service' },
  },
  'digital-access-key': {
    about: 'Gives the buyer the key to something digital.',
    offered: 'for what is of no use without a key',
    text: { longest: 400, links: 'the key' },
    files: { least: 0, most: 5 },
  },
  'unexpected-problem': {
    about: 'Tells of a problem with the order that has come up, and asks what to do.',
    offered: 'for orders that you ship yourself',
    text: { longest: 2_000, links: 'the problem' },
  },
  'legal-disclosure': {
    about: 'Hands over a document that the law demands.',
    offered: 'from the day an order is paid until 30 days after its delivery',
    files: { least: 1, most: 5 },
  },
  warranty: {
    about: 'Hands over the warranty.',
    offered: 'after an order is shipped',
    files: { least: 1, most: 5 },
  },
  invoice: {
    about: 'Hands over the invoice, as billing has issued it.',
    offered: 'from the day an order is paid until 30 days after its delivery',
  },
  'request-review': {
    about: 'Asks for a review of the product and of you, in words of Amazon that nobody can change.',
    offered: 'once, from 5 days after the earliest delivery date until 30 days after the latest',
  },
} as const satisfies Record<ContactKind, ContactRules>;

export const rulesOf = (contact: ContactKind): ContactRules => contactRules[contact];

export const contactKinds = Object.keys(contactRules) as ContactKind[];

/** What the seller says unasked: of these, an order gets one. Documents go beside it. */
export const isProactive = (contact: ContactKind): boolean => contact === 'request-review' || rulesOf(contact).text !== undefined;
