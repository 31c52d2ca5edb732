/**
 * What an open need is about. All but `waiting-at-amazon` need a person; that one says what Amazon has been asked and has not answered.
 */
export const needKinds = [
  'order-blocked',
  'buyer-cancel-request',
  'address-unacceptable',
  'cancellation-refused',
  'shipment-refused',
  'pickup-refused',
  'refund-refused',
  'invoice-refused',
  'write-uncertain',
  'totals-do-not-add-up',
  'ship-by-at-risk',
  'ship-by-missed',
  'order-unreadable',
  'sync-stalled',
  'gap-found',
  'feed-stuck',
  'secret-expiring',
  'read-only',
  'dead-letters',
  'circuit-open',
  'waiting-at-amazon',
] as const;
export type NeedKind = (typeof needKinds)[number];

/** Values for a sentence: numbers, articles, codes, times. Nothing of the buyer. */
export type NeedFacts = Readonly<Record<string, unknown>>;

/** One event as a need remembers it: it opens it, or (`facts: null`) it settles what was opened before. */
export interface Notice {
  readonly kind: NeedKind;
  /** The order, parcel, refund, store … that it is about: with the kind, this names the need. */
  readonly subject: string;
  /** Notices about one subject are read in the order of these, whatever the order in which they come. */
  readonly place: Place;
  readonly eventId: string;
  readonly at: string;
  readonly orderId: string | null;
  readonly facts: NeedFacts | null;
  /** It is over by then without anybody saying so. */
  readonly until?: string;
}

/** Of two, the one with the higher round is the later; in the same round, the one with the higher version. */
export interface Place {
  readonly round: number;
  readonly version: number;
}

const compare = (a: Notice, b: Notice): number =>
  a.place.round - b.place.round || a.place.version - b.place.version || (a.eventId < b.eventId ? -1 : a.eventId > b.eventId ? 1 : 0);

/**
 * All that has to be remembered of what was said about a need, so that it comes out the same in whatever order it is heard: what settled it last,
 * what opened it last before that, and all that has opened it since.
 */
export interface Memory {
  readonly settled: Notice | null;
  readonly before: Notice | null;
  readonly since: readonly Notice[];
}

export const blank: Memory = { settled: null, before: null, since: [] };

/** The same memory when the notice says nothing new. */
export const remember = (memory: Memory, notice: Notice): Memory => {
  if (notice.facts === null) {
    if (memory.settled !== null && compare(notice, memory.settled) <= 0) return memory;
    const passed = memory.since.filter((opened) => compare(opened, notice) < 0);
    return { settled: notice, before: passed.at(-1) ?? memory.before, since: memory.since.slice(passed.length) };
  }
  if (memory.settled !== null && compare(notice, memory.settled) < 0) {
    const isNews = memory.before === null || compare(notice, memory.before) > 0;
    return isNews ? { ...memory, before: notice } : memory;
  }
  if (memory.since.some((opened) => compare(opened, notice) === 0)) return memory;
  return { ...memory, since: [...memory.since, notice].sort(compare) };
};

/** A need as it is shown: its last episode. */
export interface Need {
  readonly kind: NeedKind;
  readonly subject: string;
  readonly orderId: string | null;
  readonly since: string;
  readonly facts: NeedFacts;
  readonly until: string | null;
  readonly resolvedAt: string | null;
}

/** `undefined`: it was never opened, as far as was heard. */
export const needOf = ({ settled, before, since }: Memory): Need | undefined => {
  const last = since.at(-1) ?? before;
  if (last === null || last.facts === null) return undefined;
  const { kind, subject, orderId, facts, until } = last;
  const isOpen = since.length > 0;
  return {
    ...{ kind, subject, orderId, facts, until: until ?? null },
    since: (since[0] ?? last).at,
    resolvedAt: isOpen ? null : (settled?.at ?? null),
  };
};
