import express, { type Router } from 'express';
import type { Authorizations } from '../amazon/authorizations.ts';
import { type Seller, sellers } from '../world/sellers.ts';
import type { Faults } from './faults.ts';

/** Login with Amazon: `POST /auth/o2/token`, as a form or as JSON. */
export const tokenRoutes = (authorizations: Authorizations, faults: Faults): Router => {
  const router = express.Router();
  router.post('/auth/o2/token', faults.guard('token'), express.urlencoded({ extended: false }), express.json(), (request, response) => {
    const answer = grant((request.body ?? {}) as Form, authorizations);
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
const badClient = { status: 401, error: 'invalid_client', description: 'Client authentication failed' };
const badGrantType = {
  status: 400,
  error: 'unsupported_grant_type',
  description: 'The authorization grant type is not supported by the authorization server',
};

const grant = (form: Form, authorizations: Authorizations): Grant | Refusal => {
  const missing = ['grant_type', 'client_id', 'client_secret'].find((name) => !form[name]);
  if (missing) return missingParameter(missing);
  const seller = sellers.find(({ clientId }) => clientId === form.client_id);
  if (!seller || seller.clientSecret !== form.client_secret) return badClient;
  const parameter = parameters.get(form.grant_type);
  if (!parameter) return badGrantType;
  if (!form[parameter]) return missingParameter(parameter);
  switch (parameter) {
    case 'refresh_token':
      return refresh(seller, form.refresh_token, authorizations);
    case 'code':
      return exchange(seller, form.code, authorizations);
    case 'scope':
      return grantless(seller, form.scope, authorizations);
  }
};

/** What each kind of grant asks for beside the client. */
const parameters = new Map<unknown, 'refresh_token' | 'code' | 'scope'>([
  ['refresh_token', 'refresh_token'],
  ['authorization_code', 'code'],
  ['client_credentials', 'scope'],
]);

const refresh = (seller: Seller, given: unknown, authorizations: Authorizations): Grant | Refusal => {
  const authorization = authorizations.authorizationOf(seller, given);
  if (authorization === undefined) return badGrant("refresh_token. User may have revoked or didn't grant the permission.");
  return sellerGrant(seller, authorization, String(given), authorizations);
};

const exchange = (seller: Seller, code: unknown, authorizations: Authorizations): Grant | Refusal => {
  const redeemed = authorizations.redeem(seller.clientId, code);
  return redeemed ? sellerGrant(seller, redeemed.authorization, redeemed.refreshToken, authorizations) : badGrant('code');
};

const grantless = ({ clientId }: Seller, scope: unknown, authorizations: Authorizations): Grant | Refusal =>
  typeof scope === 'string' && scopes.includes(scope) ? bearer(authorizations.issue({ clientId, scope }), authorizations) : badScope;

const sellerGrant = (
  { clientId, sellerId }: Seller,
  authorization: number,
  refreshToken: string,
  authorizations: Authorizations,
): Grant => ({
  ...bearer(authorizations.issue({ clientId, sellerId, authorization }), authorizations),
  refresh_token: refreshToken,
});

const bearer = (token: string, { lifetimeSeconds }: Authorizations): Grant => ({
  access_token: token,
  token_type: 'bearer',
  expires_in: lifetimeSeconds,
});

const badGrant = (parameter: string): Refusal => ({
  status: 400,
  error: 'invalid_grant',
  description: `The request has an invalid grant parameter : ${parameter}`,
});

const missingParameter = (name: string): Refusal => ({
  status: 400,
  error: 'invalid_request',
  description: `The request is missing a required parameter : ${name}`,
});
