import { createHash } from 'node:crypto';

/**
 * What became of it. `asked` stands before the work: an entry of it without a later one that `answers` it is work that was broken off.
 * `done`, `refused` (the caller's mistake), `failed` (ours) stand after it; `denied` instead of it.
 */
export const auditOutcomes = ['asked', 'done', 'refused', 'failed', 'denied'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

export interface AuditActor {
  /** `person:<uuid>`, `key:<uuid>`, `service:<name>` */
  readonly id: string;
  readonly name: string;
}

/** One line about somebody who asked for something. Ids and names of fields: never what a buyer is called, never a body. */
export interface NewAuditEntry {
  readonly actor: AuditActor;
  /** Whom a service speaks for. */
  readonly onBehalfOf?: string | undefined;
  /** A route's `operationId`, or a name of its own such as `buyer.shown`. */
  readonly action: string;
  /** What it is about: `order:<id>`, `store:<id>`. */
  readonly subjects?: readonly string[];
  readonly tenant?: string | undefined;
  /** Why, where it was said. */
  readonly reason?: string | undefined;
  /** Which parts were seen or changed; never what is in them. */
  readonly fields?: readonly string[];
  readonly outcome: AuditOutcome;
  /** The HTTP status, once there is one. */
  readonly status?: number | undefined;
  /** The `seq` of the `asked` entry that this one belongs to. */
  readonly answers?: number | undefined;
  readonly correlationId: string;
  /** Where the request came from. */
  readonly address?: string | undefined;
}

/** Who did something, and where it came from. */
export type AuditSignature = Pick<NewAuditEntry, 'actor' | 'onBehalfOf' | 'correlationId' | 'address'>;

/** An entry as it stands in the chain. */
export interface AuditEntry {
  readonly seq: number;
  /** To the millisecond; never before the entry in front of it. */
  readonly at: string;
  readonly actor: string;
  readonly actorName: string;
  readonly onBehalfOf: string | null;
  readonly action: string;
  readonly subjects: readonly string[];
  readonly tenant: string | null;
  readonly reason: string | null;
  readonly fields: readonly string[];
  readonly outcome: AuditOutcome;
  readonly status: number | null;
  readonly answers: number | null;
  readonly correlationId: string;
  readonly address: string | null;
  /** In hexadecimal: that of the entry in front, and its own. */
  readonly prevHash: string;
  readonly hash: string;
}

/** What is hashed: a JSON list of texts. `audit_canonical` in the database says the same. */
const canonical = (entry: Omit<AuditEntry, 'prevHash' | 'hash'>): string =>
  JSON.stringify([
    String(entry.seq),
    String(Date.parse(entry.at)),
    entry.actor,
    entry.actorName,
    entry.onBehalfOf,
    entry.action,
    JSON.stringify(entry.subjects),
    entry.tenant,
    entry.reason,
    JSON.stringify(entry.fields),
    entry.outcome,
    textOf(entry.status),
    textOf(entry.answers),
    entry.correlationId,
    entry.address,
  ]);

const textOf = (value: number | null): string | null => (value === null ? null : String(value));

/** The hash that an entry has to have behind this one. */
export const hashOf = (entry: Omit<AuditEntry, 'prevHash' | 'hash'>, prevHash: string): string =>
  createHash('sha256').update(Buffer.from(prevHash, 'hex')).update(canonical(entry)).digest('hex');

/** What the first entry of a schema's chain follows. */
export const originOf = (schema: string): string => createHash('sha256').update(`audit log of ${schema}`).digest('hex');

/** The row for the database: without signs that it does not take, nor any that would forge a line, and no longer than it may be. */
export const rowOf = (entry: NewAuditEntry): Record<string, unknown> => ({
  actor: tidy(entry.actor.id, 200),
  actor_name: tidy(entry.actor.name, 200),
  on_behalf_of: optional(entry.onBehalfOf, 200),
  action: tidy(entry.action, 100),
  subjects: (entry.subjects ?? []).slice(0, 1_000).map((subject) => tidy(subject, 200)),
  tenant: optional(entry.tenant, 100),
  reason: optional(entry.reason, 500),
  fields: (entry.fields ?? []).slice(0, 100).map((field) => tidy(field, 100)),
  outcome: entry.outcome,
  status: entry.status ?? null,
  answers: entry.answers ?? null,
  correlation_id: tidy(entry.correlationId, 200),
  address: optional(entry.address, 100),
});

const optional = (text: string | undefined, longest: number): string | null => (text === undefined ? null : tidy(text, longest));

/** Control characters, and those that turn the direction of what follows, become blanks. */
const tidy = (text: string, longest: number): string =>
  text
    .slice(0, longest)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ');
