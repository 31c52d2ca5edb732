/** What a broker says while it works. A pino logger fits. */
export interface BrokerLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export type ConnectionRole = 'publisher' | 'consumer';

/** Why a message was not confirmed: the broker refused it, gave no answer in time, had nowhere to put it, or was gone. */
export type PublishFailure = 'nack' | 'timeout' | 'returned' | 'closed';

/** What a broker tells the metrics. Called synchronously: count, and return. */
export interface BrokerListeners {
  connected?(role: ConnectionRole): void;
  disconnected?(role: ConnectionRole): void;
  /** The broker stopped (true) or resumed (false) taking messages from us on this connection: out of memory or disk. */
  blocked?(role: ConnectionRole, blocked: boolean): void;
  /** One window of messages was published: how many of them were confirmed, out of how many, and how long that took. */
  published?(outcome: { readonly confirmed: number; readonly of: number; readonly seconds: number }): void;
  /** So many events of `publish` were not confirmed, for this reason. */
  unconfirmed?(why: PublishFailure, count: number): void;
  /** So many more (or fewer) messages have been handed over to us and are not settled. */
  unsettled?(change: number): void;
}

/** What every broker understands. */
export interface BrokerOptions {
  /** The service on whose behalf this process speaks; shown in the broker's list of connections. */
  readonly name: string;
  /**
   * The service whose events these are: RabbitMQ takes only those that were declared as its own. Default: whatever is published, as an
   * administrator may.
   */
  readonly publishAs?: string;
  /**
   * RabbitMQ only: over how many queues each service's messages are spread, by their keys. The first number is where they go; what is left in
   * those of the others is still handled. Default `[1]`: one queue. The same for all who speak to one installation.
   */
  readonly partitions?: readonly number[];
  readonly log?: BrokerLog;
  readonly on?: BrokerListeners;
  /** Bodies above this are refused by `publish` and parked unread by consumers. Default 1 MiB. */
  readonly maxBodyBytes?: number;
}

export const defaultBatchSize = 100;
export const defaultBatchWaitMs = 5;
export const defaultBatchPauseMs = 100;
export const defaultMaxBodyBytes = 1024 * 1024;

/** One queue for each service. */
export const unpartitioned: readonly number[] = [1];

/** Over how many queues the messages of a service can be spread. Few numbers: what an earlier setting has left can be looked for. */
export const partitionCounts: readonly number[] = [1, 2, 4, 8, 16, 32];

export const silentLog: BrokerLog = { info: () => {}, warn: () => {}, error: () => {} };
