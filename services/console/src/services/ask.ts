import { askService, HttpError, withDeadline } from '@orderbus/service-kit';
import type { z } from 'zod';
import type { Visit, Visitors } from '../session/visitors.ts';
import type { Owner, OwnerAddresses } from './owners.ts';

/** What an owner says to a question. `unknown`: it has not heard of that. `closed`: this visitor may not know. `away`: no answer that makes sense. */
export type Answer<Told> = { readonly told: Told } | 'unknown' | 'closed' | 'away';

export type Ask = <Schema extends z.ZodType>(owner: Owner, path: string, schema: Schema) => Promise<Answer<z.output<Schema>>>;

export interface AskOptions {
  readonly services: OwnerAddresses;
  readonly timeoutMs: number;
}

/** In whose name the owners are asked. */
export interface Asker {
  /** The value of `Authorization`. @throws HttpError 401 when he is not signed in any more */
  readonly authorizationFor: (owner: Owner) => Promise<string>;
  readonly address: string;
  /** An owner does not know him. */
  readonly refused: () => void;
}

/** Whoever is here in his browser: a token for each owner. */
export const asVisitor = (visitors: Visitors, visit: Visit): Asker => ({
  authorizationFor: async (owner) => `Bearer ${await visitors.tokenFor(visit, owner)}`,
  address: visit.address,
  refused: () => visitors.forget(visit),
});

/**
 * Asks the owners. One that is slow or ill is away; a person is waiting.
 * @throws HttpError 401 when the visitor is not signed in any more
 */
export const askAs =
  ({ services, timeoutMs }: AskOptions, { authorizationFor, address, refused }: Asker): Ask =>
  async (owner, path, schema) => {
    const question = async (signal: AbortSignal) => {
      const headers = { authorization: await authorizationFor(owner), 'x-forwarded-for': address };
      const answer = await askService({ peer: owner, route: beginningOf(path) }, `${services.get(owner)}${path}`, { headers, signal });
      if (answer.status === 401) refused();
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

/** As much of a path as names no single thing. */
const beginningOf = (path: string): string => /^\/[a-z-]*/.exec(path)?.[0] ?? '';

const refusals: ReadonlyMap<number, 'unknown' | 'closed'> = new Map([
  [404, 'unknown'],
  [403, 'closed'],
]);
