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
