import type { CircuitState } from '@orderbus/service-kit';
import { z } from 'zod';
import { needsPerson } from '../amazon/amazon-error.ts';
import { regions } from '../domain/marketplaces.ts';
import { endOf, warningAt } from '../domain/secret.ts';
import { nonAmazonChoices } from '../domain/store.ts';
import { nextPollOf } from '../jobs/schedule.ts';
import type { CursorView } from '../store/queries.ts';
import { type KeptStore, storeOf } from '../store/store.ts';
import type { ConnectedStore } from '../stores.ts';
import { InOtherWords, lastErrorView } from './in-other-words.ts';

const time = z.iso.datetime();
const Circuit = z.enum(['closed', 'half-open', 'open'] as const satisfies readonly CircuitState[]);

export const StoreView = z.object({
  id: z.string(),
  name: z.string(),
  sellerId: z.string().optional(),
  region: z.enum(regions),
  marketplaces: z.array(z.string()).describe('Empty: all in which the account sells'),
  managedBy: z.enum(['environment', 'api']).describe('Where its name, marketplaces and credentials are decided'),
  createdAt: time,
  cron: z.string().describe('When Amazon is asked for changes, in UTC'),
  startFrom: time.describe('Orders created before are imported on request only'),
  nonAmazonOrders: z.enum(nonAmazonChoices),
  readOnly: z.boolean().describe('Nothing is sent to Amazon for this store. See /installation for all of them'),
  credentials: z.object({
    clientIdEnd: z.string().describe('The last four characters of the client id'),
    secretSetAt: time,
    secretDueAt: time.describe('Amazon ends a client secret that was not renewed until then'),
    secretIsDue: z.boolean().describe('It has to be renewed within 30 days'),
    authorizedAt: time.describe('When the refresh token was last set'),
    authorizedForDays: z.int(),
  }),
  status: z
    .enum(['connecting', 'running', 'ok', 'paused', 'failing', 'refused'])
    .describe(
      'paused: by a person, or Amazon throttles us; failing: it is tried again; refused: a person has to look at the authorization',
    ),
  pausedBy: z.enum(['person', 'amazon']).optional(),
  lastSuccessAt: time.optional().describe('The last time that a pass reached its end'),
  watermark: time.optional().describe('Every change up to here has been imported'),
  degraded: z
    .object({ without: z.array(z.string()), since: time })
    .optional()
    .describe('Amazon refuses to show these parts of any order: the rest is read, and all of it again once they are shown'),
  lastError: z.string().optional(),
  failure: InOtherWords.optional(),
  consecutiveFailures: z.int(),
  pausedUntil: time.optional(),
  circuit: Circuit.describe('Of reading orders'),
  circuits: z.object({ login: Circuit, reads: Circuit, writes: Circuit, feeds: Circuit, contacts: Circuit }),
  nextPollAt: time.optional(),
});
export type StoreView = z.output<typeof StoreView>;

export interface StoreParts {
  readonly kept: KeptStore;
  /** Absent: another replica has made it a moment ago. */
  readonly connected: ConnectedStore | undefined;
  readonly cursor: CursorView | undefined;
  readonly defaultCron: string;
  readonly secretLifetimeMs: number;
  readonly now: Date;
}

const dayMs = 86_400_000;

/** What may be known about a store: of its credentials, their age and how to recognize them. */
export const viewOf = ({ kept, connected, cursor, defaultCron, secretLifetimeMs, now }: StoreParts): StoreView => {
  const { status, sellerId, ...store } = storeOf(kept, defaultCron);
  const circuits = connected?.api.circuits ?? allClosed;
  const nextPollAt = status === 'active' ? nextPollOf(store, now)?.toISOString() : undefined;
  const byPerson = status === 'paused';
  const state = byPerson ? 'paused' : statusOf(cursor);
  return {
    ...store,
    marketplaces: [...store.marketplaces],
    ...(sellerId !== undefined && { sellerId }),
    credentials: credentialsView(kept, secretLifetimeMs, now),
    status: state,
    ...(state === 'paused' && { pausedBy: byPerson ? 'person' : 'amazon' }),
    ...(cursor?.lastSuccessAt && { lastSuccessAt: cursor.lastSuccessAt }),
    ...(cursor && { watermark: cursor.watermark }),
    ...(cursor?.degradedSince && { degraded: { without: [...cursor.refusedDatasets], since: cursor.degradedSince } }),
    ...(cursor && lastErrorView(cursor)),
    consecutiveFailures: cursor?.consecutiveFailures ?? 0,
    ...(cursor?.pausedUntil && { pausedUntil: cursor.pausedUntil }),
    circuit: circuits.reads,
    circuits,
    ...(nextPollAt && { nextPollAt }),
  };
};

const allClosed = { login: 'closed', reads: 'closed', writes: 'closed', feeds: 'closed', contacts: 'closed' } as const;

const credentialsView = (
  { clientIdEnd, secretSetAt, authorizedAt }: KeptStore,
  lifetimeMs: number,
  now: Date,
): StoreView['credentials'] => {
  const dueAt = endOf(secretSetAt, lifetimeMs);
  return {
    clientIdEnd,
    secretSetAt,
    secretDueAt: new Date(dueAt).toISOString(),
    secretIsDue: warningAt(dueAt, now.getTime()) !== undefined,
    authorizedAt,
    authorizedForDays: Math.max(0, Math.floor((now.getTime() - Date.parse(authorizedAt)) / dayMs)),
  };
};

const statusOf = (cursor: CursorView | undefined): StoreView['status'] => {
  if (!cursor) return 'connecting';
  const { running, lastErrorCode, pausedUntil, consecutiveFailures, lastSuccessAt } = cursor;
  if (running) return 'running';
  if (consecutiveFailures > 0) {
    if (needsPerson(lastErrorCode ?? '')) return 'refused';
    return pausedUntil === null ? 'failing' : 'paused';
  }
  if (pausedUntil !== null) return 'paused';
  return lastSuccessAt === null ? 'connecting' : 'ok';
};
