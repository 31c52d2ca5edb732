import type { ServiceHeaders } from '@orderbus/service-kit';
import { z } from 'zod';

/** The headers with which a visitor's page asks a service; `undefined` when he is not signed in. */
export type VisitorHeaders = (audience: string) => Promise<Record<string, string> | undefined>;

const Issued = z.object({ token: z.string() });

const deadlineMs = 3_000;

/** A visitor by his cookie, which the access service has set: it hands out tokens of his, one for each service. */
export const visitorWith = (accessUrl: string, headersFor: ServiceHeaders, cookie: string | undefined): VisitorHeaders => {
  const tokens = new Map<string, Promise<Record<string, string> | undefined>>();
  const ask = async (audience: string): Promise<Record<string, string> | undefined> => {
    if (cookie === undefined) return undefined;
    const answer = await fetch(`${accessUrl}/tokens/session`, {
      ...{ method: 'POST', signal: AbortSignal.timeout(deadlineMs) },
      headers: { 'content-type': 'application/json', cookie, ...(await headersFor('access')) },
      body: JSON.stringify({ audience }),
    });
    return answer.ok ? { authorization: `Bearer ${Issued.parse(await answer.json()).token}` } : undefined;
  };
  return (audience) => {
    const known = tokens.get(audience) ?? ask(audience);
    tokens.set(audience, known);
    return known;
  };
};
