import { type Decision, refuse } from '@orderbus/contracts';
import { type Alert, type AlertKind, natureOf, type Resolver } from './alert.ts';
import type { Facts } from './facts.ts';

/** One event as a watch remembers it: it tells something, or (`facts: null`) it settles what was told before. */
export interface Notice {
  readonly eventId: string;
  readonly kind: AlertKind;
  /** Which of the order's shipments, refunds, ... it is about: each has alerts of its own. Absent: what is watched, as a whole. */
  readonly subject?: string;
  /** Counts what was said about the subject where each time is told by a publisher's aggregate of its own: it goes before `version`. */
  readonly revision?: number;
  /** The event's place in the life of its aggregate: notices are read in this order, whatever the order in which they came. */
  readonly version: number;
  readonly at: string;
  readonly facts: Facts | null;
  /** The alert of its episode carries this event's id. */
  readonly source?: true;
  /** A person has seen everything up to here and settled it. */
  readonly dismissedAt?: string;
}

/** Everything that was told about one order, store or feed. Alerts follow from it: they are the same in whatever order events arrive. */
export interface Watch {
  readonly id: string;
  readonly tenant: string;
  readonly notices: readonly Notice[];
}

export type WatchCommand =
  | { readonly type: 'notice'; readonly notices: readonly Notice[] }
  | { readonly type: 'dismiss'; readonly alertId: string; readonly at: string };

export const decide = (watch: Watch, command: WatchCommand): Decision<Watch> =>
  command.type === 'notice' ? take(watch, command.notices) : dismiss(watch, command.alertId, command.at);

/** The alerts that are to be: one for each episode, told by its latest notice. */
export const alertsOf = (watch: Watch): Alert[] => episodesOf(watch.notices).map((episode) => alertOf(watch, episode));

/** From the first notice of a kind and subject to the one that settles it. */
interface Episode {
  readonly kind: AlertKind;
  readonly told: readonly Told[];
  readonly settledBy?: Notice;
}

type Told = Notice & { readonly facts: Facts };

const take = (watch: Watch, arrived: readonly Notice[]): Decision<Watch> => {
  const known = new Set(watch.notices.map(positionOf));
  const fresh = arrived.filter((notice) => !known.has(positionOf(notice)));
  if (fresh.length === 0) return refuse('already-done');
  const notices = [...watch.notices, ...fresh].sort(byPosition);
  const unnamed = episodesOf(notices).filter(({ told }) => !told.some((notice) => notice.source));
  const sources = new Set(unnamed.map(({ told }) => told[0]));
  return { state: { ...watch, notices: notices.map((n) => (sources.has(n as Told) ? { ...n, source: true } : n)) }, events: [] };
};

/** Settles an alert by hand: it comes back only if something new is told. */
const dismiss = (watch: Watch, alertId: string, at: string): Decision<Watch> => {
  const episode = episodesOf(watch.notices).find((candidate) => sourceOf(candidate)?.eventId === alertId);
  if (episode === undefined) return refuse('not-allowed', 'no such alert');
  if (natureOf[episode.kind].settledBy === null) return refuse('not-allowed', 'it only informs, there is nothing to resolve');
  if (resolutionOf(episode)) return refuse('already-done');
  const last = episode.told.at(-1);
  return { state: { ...watch, notices: watch.notices.map((n) => (n === last ? { ...n, dismissedAt: at } : n)) }, events: [] };
};

const alertOf = ({ id, tenant }: Watch, episode: Episode): Alert => {
  const { kind, told } = episode;
  const [first] = told as [Told];
  const { facts } = told.at(-1) as Told;
  const { severity, settledBy, ofOrder } = natureOf[kind];
  const resolution = resolutionOf(episode);
  const unresolved = settledBy === null ? 'info' : 'open';
  return {
    id: (sourceOf(episode) as Told).eventId,
    tenant,
    watchId: id,
    orderId: ofOrder ? id : null,
    kind,
    severity,
    status: resolution ? 'resolved' : unresolved,
    data: facts,
    raisedAt: first.at,
    resolvedAt: resolution?.at ?? null,
    resolvedBy: resolution?.by ?? null,
  };
};

const resolutionOf = ({ kind, told, settledBy }: Episode): { at: string; by: Resolver | null } | undefined => {
  const dismissedAt = told.at(-1)?.dismissedAt;
  if (dismissedAt !== undefined) return { at: dismissedAt, by: 'person' };
  return settledBy && { at: settledBy.at, by: natureOf[kind].settledBy };
};

const sourceOf = ({ told }: Episode): Told | undefined => told.find((notice) => notice.source);

/** Expects the notices in order of position: those of one kind and subject follow each other. */
const episodesOf = (notices: readonly Notice[]): Episode[] => {
  const episodes: Episode[] = [];
  let told: Told[] = [];
  const end = (settledBy?: Notice): void => {
    const [first] = told;
    if (first) episodes.push({ kind: first.kind, told, ...(settledBy ? { settledBy } : {}) });
    told = [];
  };
  for (const notice of notices) {
    if (told[0] && !isAboutSame(told[0], notice)) end();
    if (isTold(notice)) told.push(notice);
    else end(notice);
  }
  end();
  return episodes;
};

const isTold = (notice: Notice): notice is Told => notice.facts !== null;

const isAboutSame = (a: Notice, b: Notice): boolean => a.kind === b.kind && a.subject === b.subject;

const positionOf = ({ kind, subject = '', revision = 0, version }: Notice): string => `${kind} ${subject} ${revision} ${version}`;

const byPosition = (a: Notice, b: Notice): number =>
  compare(a.kind, b.kind) || compare(a.subject ?? '', b.subject ?? '') || (a.revision ?? 0) - (b.revision ?? 0) || a.version - b.version;

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
