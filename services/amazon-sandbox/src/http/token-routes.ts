import type { Clock } from '@orderbus/kernel';
import express, { type Router } from 'express';
import { issueAccessToken, tokenLifetimeSeconds } from '../amazon/access-token.ts';
import { sellers } from '../world/sellers.ts';
import type { Outages } from './outage.ts';

/** Login with Amazon: `POST /auth/o2/token`, as a form or as JSON. */
export const tokenRoutes = (clock: Clock, outages: Outages): Router => {
  const router = express.Router();
  router.post('/auth/o2/token', outages.guard('token'), express.urlencoded({ extended: false }), express.json(), (request, response) => {
    const answer = grant((request.body ?? {}) as Form, clock.now().getTime());
    response.set('cache-control', 'no-store');
    if ('error' in answer) {
      response.status(answer.status).json({ error: answer.error, error_description: answer.description });
    } else {
      response.json(answer);
    }
  });
  return router;
};

type Form = Readonly<Record<string, unknown>>;

interface Refusal {
  readonly status: number;
  readonly error: string;
  readonly description: string;
}

interface Grant {
  readonly access_token: string;
  readonly refresh_token?: string;
  readonly token_type: 'bearer';
  readonly expires_in: number;
}

const scopes = ['sellingpartnerapi::notifications', 'sellingpartnerapi::client_credential:rotation'];
const badScope = { status: 400, error: 'invalid_scope', description: 'An unknown scope was requested' };
const badGrant = { status: 400, error: 'invalid_grant', description: 'The request has an invalid grant parameter : refresh_token' };
const badClient = { status: 401, error: 'invalid_client', description: 'Client authentication failed' };
const badGrantType = {
  status: 400,
  error: 'unsupported_grant_type',
  description: 'The authorization grant type is not supported by the authorization server',
};

const grant = (form: Form, now: number): Grant | Refusal => {
  const missing = ['grant_type', 'client_id', 'client_secret'].find((name) => !form[name]);
  if (missing) return missingParameter(missing);
  const seller = sellers.find(({ clientId }) => clientId === form.client_id);
  if (!seller || seller.clientSecret !== form.client_secret) return badClient;
  const { clientId, sellerId, refreshToken } = seller;
  switch (form.grant_type) {
    case 'refresh_token':
      if (!form.refresh_token) return missingParameter('refresh_token');
      if (form.refresh_token !== refreshToken) return badGrant;
      return { ...bearer(issueAccessToken({ clientId, sellerId }, now)), refresh_token: refreshToken };
    case 'client_credentials':
      if (!form.scope) return missingParameter('scope');
      if (typeof form.scope !== 'string' || !scopes.includes(form.scope)) return badScope;
      return bearer(issueAccessToken({ clientId, scope: form.scope }, now));
    default:
      return badGrantType;
  }
};

const bearer = (token: string): Grant => ({ access_token: token, token_type: 'bearer', expires_in: tokenLifetimeSeconds });

const missingParameter = (name: string): Refusal => ({
  status: 400,
  error: 'invalid_request',
  description: `The request is missing a required parameter : ${name}`,
});
