/** What every event carries on the wire, besides its data. The body of a message is this envelope as JSON. */
export interface OutgoingMessage {
  /** The event's id. The same id twice is the same event. */
  readonly id: string;
  /** The event's type and major version, e.g. `order.created.v1`: the routing key, and what subscribers ask for. */
  readonly topic: string;
  /** The aggregate: messages of one key belong together. */
  readonly key: string;
  /** JSON. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A message as a consumer sees it. `attempt` is 1 on first delivery and grows by one with each retry through a delay queue. */
export interface Delivery {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
  readonly attempt: number;
  /** The broker has handed this very message out before, to a consumer that died or lost its connection. */
  readonly redelivered: boolean;
}

/** The fate of one delivery. */
export type Settlement =
  | { readonly fate: 'done' }
  /** Again after the delay that follows from the attempt; parked with this reason when the delays are used up. */
  | { readonly fate: 'retry'; readonly reason: string; readonly error?: ParkedError }
  /** Never again by itself: to the parked queue, with its reason. */
  | { readonly fate: 'park'; readonly reason: string; readonly error?: ParkedError };

export interface ParkedError {
  readonly class: string;
  readonly message: string;
  readonly stack?: string;
}

/** A message in the parked queue: the delivery as it was, why it stands there, and since when it was known. */
export interface ParkedMessage extends Delivery {
  readonly reason: string;
  readonly error?: ParkedError;
  readonly firstSeenAt: Date;
}

/** What an installation has to have ready for a service. */
export interface Declaration {
  /** The service; the name of its queue. */
  readonly queue: string;
  /** What it wants to hear: exact topics. Without any it gets no queue. */
  readonly topics: readonly string[];
  /** What it has to tell: the topics of its own events, and nobody else's. */
  readonly tells?: readonly string[];
  /** The delays between attempts. Default 5 s, 30 s, 2 min, 10 min, 1 h. */
  readonly retryDelaysMs?: readonly number[];
}

export interface SubscribeOptions {
  readonly queue: string;
  /** At most this many messages are handed over at once. Default 100. */
  readonly batchSize?: number;
  /** How long to wait for a batch to fill, once its first message is there. Default 5. */
  readonly batchWaitMs?: number;
  /**
   * After a batch, the next one waits as long as that one took, so long at most, unless it is full before. Default 100. Where messages keep coming
   * and the machine is busy, more of them are taken at a time; one that comes after a while of nothing is not kept waiting.
   */
  readonly batchPauseMs?: number;
  /** The delays between attempts, the same as declared. */
  readonly retryDelaysMs?: readonly number[];
}

/**
 * One batch at a time, in the order in which the broker delivered. The answer holds one settlement for each delivery, at its index.
 * When it throws, every message of the batch is delivered again, after a pause.
 */
export type BatchHandler = (batch: readonly Delivery[]) => Promise<readonly Settlement[]>;

/** One parked message at a time; done when it returns. When it throws, the message stays parked and comes again after a pause. */
export type ParkedHandler = (message: ParkedMessage) => Promise<void>;

export interface Subscription {
  /** Takes no further batch, lets the running one finish and settle, gives the rest back untouched. */
  stop(): Promise<void>;
}

export interface Broker {
  /** Waits until the broker is there; says so while it waits. */
  start(): Promise<void>;
  /**
   * Publishes in order, in one window. Answers with the ids that the broker confirmed within the deadline;
   * those that are missing may or may not have arrived: publish them again. Never throws because of the broker's state.
   */
  publish(messages: readonly OutgoingMessage[]): Promise<ReadonlySet<string>>;
  /**
   * Makes what a service needs, without taking anything from it: what is published from now on waits for the service. For the setup of an
   * installation, before anybody speaks: services themselves may not make anything.
   */
  declare(declaration: Declaration): Promise<void>;
  /** Waits for a queue that has not been declared yet, and says so. */
  subscribe(options: SubscribeOptions, handler: BatchHandler): Promise<Subscription>;
  /** Empties the parked queue of a consuming service, message by message. */
  subscribeParked(queue: string, handler: ParkedHandler): Promise<Subscription>;
  /** Delivers these again to one consuming service alone: the redrive of dead letters. Same contract as `publish`. */
  redeliver(queue: string, messages: readonly OutgoingMessage[]): Promise<ReadonlySet<string>>;
  /** Is the broker reachable just now? */
  readonly healthy: boolean;
  /** Stops all subscriptions as `Subscription.stop` does, then closes the connections. */
  stop(): Promise<void>;
}
