import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from '@orderbus/service-kit';

const safeMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * What a browser asks for with its cookie comes from a page of ours: the browser says so, and what changes something says it itself, in a
 * header that no page of another site can set. A neighbour on the same host (another port) is another site here.
 * @throws HttpError 403
 */
export const checkOrigin = (headers: IncomingHttpHeaders, method: string, ownOrigin: string): void => {
  const { 'sec-fetch-site': site, origin } = headers;
  const isOwn = site === undefined ? origin === ownOrigin : site === 'same-origin';
  if (safeMethods.includes(method)) {
    if (!isOwn && site !== 'none' && (site ?? origin) !== undefined) throw otherSite();
    return;
  }
  if (!isOwn || headers['x-orderbus'] !== 'console') throw otherSite();
};

const otherSite = (): HttpError => new HttpError(403, 'request.other-site', 'This has to come from a page of the console');
