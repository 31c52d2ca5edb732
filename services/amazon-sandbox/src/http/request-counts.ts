import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { claimedSeller } from '../amazon/access-token.ts';

/** How often each operation answered with each status: what a test or a benchmark wants to know about its client. */
export class RequestCounts {
  /** How many are being answered now, by operation and seller; and how often one began while another one was. */
  readonly #open = new Map<string, number>();
  readonly #overlaps = new Map<string, number>();
  readonly #counts = new Map<string, Map<string, number>>();

  get all(): Record<string, Record<string, number>> {
    return Object.fromEntries([...this.#counts].map(([operation, byStatus]) => [operation, Object.fromEntries(byStatus)]));
  }

  get overlaps(): Record<string, number> {
    return Object.fromEntries(this.#overlaps);
  }

  clear(): void {
    this.#counts.clear();
    this.#overlaps.clear();
  }

  /** Stands before an operation of which a client should have one at a time for each seller. */
  oneAtATime =
    (operation: string): RequestHandler =>
    (request, response, next) => {
      const key = `${operation} ${claimedSeller(request.get('x-amz-access-token'))}`;
      const open = this.#open.get(key) ?? 0;
      this.#open.set(key, open + 1);
      if (open > 0) this.#overlaps.set(operation, (this.#overlaps.get(operation) ?? 0) + 1);
      response.once('close', () => this.#open.set(key, (this.#open.get(key) ?? 1) - 1));
      next();
    };

  /** Counts when the answer is out, or the connection gone without one. */
  count = (_request: Request, response: Response, next: NextFunction): void => {
    response.once('close', () => {
      const operation = response.locals.operation as string | undefined;
      if (operation) this.#add(operation, response.writableFinished ? String(response.statusCode) : 'none');
    });
    next();
  };

  #add(operation: string, status: string): void {
    const byStatus = this.#counts.get(operation) ?? new Map<string, number>();
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    this.#counts.set(operation, byStatus);
  }
}
