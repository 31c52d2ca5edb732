import type { Clock } from '@orderbus/kernel';
import type { NextFunction, Request, Response } from 'express';
import { internalFailure, quotaExceeded, serviceUnavailable } from '../amazon/amazon-error.ts';

export const outageOperations = ['token', 'searchOrders', 'getOrder'] as const;
export type OutageOperation = (typeof outageOperations)[number];

export const outageKinds = [500, 503, 429, 'hang', 'reset', 'malformed'] as const;
type OutageKind = (typeof outageKinds)[number];

/** What goes wrong, where, and for how long: a number of requests or a time, whichever ends first. */
export interface Outage {
  readonly status: OutageKind;
  readonly operations: readonly OutageOperation[];
  readonly times?: number | undefined;
  readonly until?: number | undefined;
}

/** The one outage that is on, if any. */
export class Outages {
  readonly #clock: Clock;
  #current: Outage | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get current(): Outage | undefined {
    const over = this.#current?.until !== undefined && this.#clock.now().getTime() >= this.#current.until;
    if (over) this.#current = undefined;
    return this.#current;
  }

  begin(outage: Outage): void {
    this.#current = outage;
  }

  end(): void {
    this.#current = undefined;
  }

  /** Stands before an operation and fails it while the outage lasts. */
  guard(operation: OutageOperation) {
    return (_request: Request, response: Response, next: NextFunction): void => {
      const outage = this.#take(operation);
      if (outage) fail(response, outage.status);
      else next();
    };
  }

  #take(operation: OutageOperation): Outage | undefined {
    const outage = this.current;
    if (!outage?.operations.includes(operation)) return undefined;
    if (outage.times !== undefined) {
      this.#current = outage.times > 1 ? { ...outage, times: outage.times - 1 } : undefined;
    }
    return outage;
  }
}

const fail = (response: Response, kind: OutageKind): void => {
  switch (kind) {
    case 500:
      throw internalFailure();
    case 503:
      throw serviceUnavailable();
    case 429:
      throw quotaExceeded();
    case 'hang':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'malformed':
      response.type('application/json').send('{"orders":[{"orderId":"111-');
  }
};
