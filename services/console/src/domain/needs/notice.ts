import type { AmazonRefusal, Event, EventDefinition } from '@orderbus/contracts';
import { instant } from '../timeline-entry.ts';
import type { NeedFacts, NeedKind, Notice, Place } from './need.ts';

/** What an event means to needs. */
export type Meaning = readonly [type: string, notices: (event: Event) => readonly Notice[]];

export const when = <Data>({ type }: EventDefinition<Data>, notices: (event: Event<Data>) => readonly Notice[]): Meaning => [
  type,
  notices as (event: Event) => readonly Notice[],
];

/** By default, notices about one thing are in the order in which one publisher tells them. */
export const opens = (kind: NeedKind, event: Event, subject: string, facts: NeedFacts, place: Place = inRound(0, event)): Notice => ({
  ...{ kind, subject, place, eventId: event.id, at: instant(event.occurredAt), orderId: orderOf(event) },
  facts: Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
});

export const settles = (kind: NeedKind, event: Event, subject: string, place: Place = inRound(0, event)): Notice => ({
  ...{ kind, subject, place, eventId: event.id, at: instant(event.occurredAt), orderId: orderOf(event), facts: null },
});

/** What is told anew, a parcel with each revision for example, goes in rounds. A round has answers, and may have a first and a last word. */
export const inRound = (round: number, { aggregateVersion: version }: Pick<Event, 'aggregateVersion'>): Place => ({ round, version });
export const firstOf = (round: number): Place => ({ round, version: 0 });
export const lastOf = (round: number): Place => ({ round, version: most });

/** Where nothing else says which of two aggregates has spoken later, when it was. */
export const atTime = (event: Event): Place => inRound(Date.parse(event.occurredAt), event);

/** Whatever else is said: it stays so. */
const most = 2_000_000_000;
export const forGood: Place = { round: Number.MAX_SAFE_INTEGER, version: most };

type Refused = Event<{ readonly amazonOrderId: string; readonly refusal: AmazonRefusal }>;

/** Who gave something up by hand at the ledger knows of it. */
export const refused = (kind: NeedKind, event: Refused, subject: string, place: Place, facts: NeedFacts = {}): Notice => {
  const { amazonOrderId, refusal } = event.data;
  if (refusal.code === 'ledger.settled-by-hand') return settles(kind, event, subject, place);
  return opens(kind, event, subject, { ...facts, commandId: event.aggregateId, amazonOrderId, ...codeAndWords(refusal) }, place);
};

export const codeAndWords = ({ code, words, facts }: AmazonRefusal): NeedFacts => ({ ...facts, code, words });

const orderOf = ({ data }: Event): string | null => {
  const { orderId } = data as { readonly orderId?: unknown };
  return typeof orderId === 'string' ? orderId : null;
};
