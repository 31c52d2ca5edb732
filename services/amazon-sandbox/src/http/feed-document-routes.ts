import express, { type Request, type Response, type Router } from 'express';
import { refusalOf, type SignedMethod } from '../amazon/signed-url.ts';
import type { FeedDocument } from '../world/feed.ts';
import type { WritesApi } from './shipment-routes.ts';

export const documentPath = '/feed-documents';

const maxBytes = 10 * 1024 * 1024;

/** Where documents are put and fetched: at Amazon a storage service with its own errors, which knows signed addresses and no tokens. */
export const feedDocumentRoutes = ({ faults, clock, writes }: WritesApi): Router => {
  const router = express.Router();
  const now = (): number => clock.now().getTime();

  /** The document, or an answer why it stays closed. */
  const open = (request: Request, response: Response, method: SignedMethod): FeedDocument | undefined => {
    const documentId = String(request.params.documentId);
    const refusal = refusalOf(request.query, method, documentId, now()) ?? refusalOfHeaders(request);
    const document = writes.documents.find(documentId, now());
    if (refusal || !document)
      refuse(response, refusal ? 403 : 404, refusal ? 'AccessDenied' : 'NoSuchKey', refusal ?? 'There is no such document.');
    return refusal ? undefined : document;
  };

  router.put(
    `${documentPath}/:documentId`,
    faults.guard('uploadFeedDocument'),
    express.raw({ type: () => true, limit: 2 * maxBytes }),
    (request, response) => {
      const document = open(request, response, 'PUT');
      if (!document) return;
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (request.get('content-type') !== document.contentType) {
        return refuse(response, 403, 'SignatureDoesNotMatch', 'The Content-Type is not the one that was declared for the document.');
      }
      if (bytes.length > maxBytes) return refuse(response, 400, 'EntityTooLarge', 'The document is larger than 10 MiB.');
      writes.documents.upload(document, bytes);
      response.status(200).end();
    },
  );

  router.get(`${documentPath}/:documentId`, faults.guard('downloadFeedDocument'), (request, response) => {
    const document = open(request, response, 'GET');
    if (!document) return;
    if (document.compression && request.query.encoded === 'true') response.set('content-encoding', 'gzip');
    response.set('content-type', document.contentType).send(Buffer.from(document.content ?? '', 'base64'));
  });

  return router;
};

/** The signature of the address is the only one it takes. */
const refusalOfHeaders = (request: Request): string | undefined => {
  if (request.get('authorization') !== undefined) return 'Only one auth mechanism allowed.';
  const unsigned = Object.keys(request.headers).find((name) => name.startsWith('x-amz-'));
  return unsigned && `There were headers present in the request which were not signed: ${unsigned}.`;
};

const refuse = (response: Response, status: number, code: string, message: string): void => {
  response.status(status).type('application/xml').send(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
};
