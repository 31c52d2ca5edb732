import type { NextFunction, Request, Response } from 'express';

/** How often each operation answered with each status: what a test or a benchmark wants to know about its client. */
export class RequestCounts {
  readonly #counts = new Map<string, Map<string, number>>();

  get all(): Record<string, Record<string, number>> {
    return Object.fromEntries([...this.#counts].map(([operation, byStatus]) => [operation, Object.fromEntries(byStatus)]));
  }

  clear(): void {
    this.#counts.clear();
  }

  /** Counts when the answer is out, or the connection gone without one. */
  count = (request: Request, response: Response, next: NextFunction): void => {
    const operation = operationOf(request);
    if (operation) response.once('close', () => this.#add(operation, response.writableFinished ? String(response.statusCode) : 'none'));
    next();
  };

  #add(operation: string, status: string): void {
    const byStatus = this.#counts.get(operation) ?? new Map<string, number>();
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    this.#counts.set(operation, byStatus);
  }
}

const operationOf = ({ path }: Request): string | undefined => {
  if (path === '/auth/o2/token') return 'token';
  if (!path.startsWith('/orders/2026-01-01/orders')) return undefined;
  return path === '/orders/2026-01-01/orders' ? 'searchOrders' : 'getOrder';
};
