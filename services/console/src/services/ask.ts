import { HttpError, withDeadline } from '@orderbus/service-kit';
import type { z } from 'zod';
import type { Visit, Visitors } from '../session/visitors.ts';
import type { Owner, OwnerAddresses } from './owners.ts';

/** What an owner says to a question. `unknown`: it has not heard of that. `closed`: this visitor may not know. `away`: no answer that makes sense. */
export type Answer<Told> = { readonly told: Told } | 'unknown' | 'closed' | 'away';

export type Ask = <Schema extends z.ZodType>(owner: Owner, path: string, schema: Schema) => Promise<Answer<z.output<Schema>>>;

export interface AskOptions {
  readonly visitors: Visitors;
  readonly services: OwnerAddresses;
  readonly timeoutMs: number;
}

/**
 * Asks the owners in the name of whoever is here. An owner that is slow or ill is away; a person is waiting.
 * @throws HttpError 401 when the visitor is not signed in any more
 */
export const askAs =
  ({ visitors, services, timeoutMs }: AskOptions, visit: Visit): Ask =>
  async (owner, path, schema) => {
    const question = async (signal: AbortSignal) => {
      const token = await visitors.tokenFor(visit, owner);
      const headers = { authorization: `Bearer ${token}`, 'x-forwarded-for': visit.address };
      const answer = await fetch(`${services.get(owner)}${path}`, { headers, signal, redirect: 'error' });
      if (answer.status === 401) visitors.forget(visit);
      if (!answer.ok) return refusals.get(answer.status) ?? 'away';
      return { told: schema.parse(await answer.json()) };
    };
    try {
      return await withDeadline(timeoutMs, question, () => new Error(`${owner} is late`));
    } catch (error) {
      if (error instanceof HttpError) throw error;
      return 'away';
    }
  };

const refusals: ReadonlyMap<number, 'unknown' | 'closed'> = new Map([
  [404, 'unknown'],
  [403, 'closed'],
]);
