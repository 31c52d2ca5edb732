import { HttpError } from '@orderbus/service-kit';

/** Says where to sign in: pages go there, and name the page to come back to. */
export const signedOutAt = (accessUrl: string, ownUrl: string): HttpError => {
  const page = new URL(`${accessUrl.replace(/\/+$/, '')}/sign-in`);
  page.searchParams.set('next', ownUrl);
  return new HttpError(401, 'access.unauthenticated', 'Nobody is signed in here, or no longer', { 'x-sign-in': page.href });
};
