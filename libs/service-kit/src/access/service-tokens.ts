import { z } from 'zod';
import { askService } from '../http/ask-service.ts';
import { accessAway } from './token.ts';

export interface ServiceTokensOptions {
  readonly accessUrl: string;
  readonly service: string;
  /** `SERVICE_SECRET`: what this service proves itself with. */
  readonly secret: string | undefined;
}

/** The headers with which this service calls another one, in its own name or in somebody's who has asked it to. */
export type ServiceHeaders = (audience: string, onBehalfOf?: string) => Promise<Record<string, string>>;

/** A machine that is busy with starting takes its time. */
const timeoutMs = 10_000;
/** A token is replaced this long before it ends. */
const earlyMs = 60_000;

const Issued = z.object({ token: z.string(), expiresAt: z.iso.datetime() });

/** Takes tokens from the access service, one per audience, and keeps them while they are good. @throws AppError `access.unavailable` */
export const serviceTokens = ({ accessUrl, service, secret }: ServiceTokensOptions): ServiceHeaders => {
  const kept = new Map<string, { readonly until: number; readonly token: Promise<string> }>();

  const issue = async (audience: string): Promise<string> => {
    const answer = await askService({ peer: 'access', route: '/tokens/service' }, new URL('/tokens/service', accessUrl), {
      ...{ method: 'POST', signal: AbortSignal.timeout(timeoutMs) },
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ service, secret, audience }),
    }).catch((error: unknown) => {
      throw accessAway(error);
    });
    if (!answer.ok) throw accessAway(new Error(`${service} got no token for ${audience}: HTTP ${answer.status}`));
    const { token, expiresAt } = Issued.parse(await answer.json());
    kept.set(audience, { until: Date.parse(expiresAt) - earlyMs, token: Promise.resolve(token) });
    return token;
  };

  const tokenFor = (audience: string): Promise<string> => {
    const met = kept.get(audience);
    if (met !== undefined && met.until > Date.now()) return met.token;
    const token = issue(audience);
    kept.set(audience, { until: Date.now() + timeoutMs * 2, token });
    token.catch(() => kept.delete(audience));
    return token;
  };

  return async (audience, onBehalfOf) => ({
    authorization: `Bearer ${await tokenFor(audience)}`,
    ...(onBehalfOf === undefined ? {} : { 'x-on-behalf-of': encodeURIComponent(onBehalfOf) }),
  });
};
