import express, { type Request, type Response, type Router } from 'express';
import { AmazonError, invalidInput } from '../amazon/amazon-error.ts';
import { singleParameters } from '../amazon/parameters.ts';
import { refusalOf, signFor } from '../amazon/signed-url.ts';
import type { Seller } from '../world/sellers.ts';
import { type UploadDestination, uploadLifetimeMs } from '../world/upload-destinations.ts';
import { admit } from './admit.ts';
import { type ContactApi, demandRole, marketplaceMissing } from './contact.ts';

const operation = 'createUploadDestinationForResource';
const destinationPath = '/upload-destinations';
const maxBytes = 10 * 1024 * 1024;

/** Uploads API 2020-11-01, as far as messages to buyers need it, and the storage behind it, which knows signed addresses and no tokens. */
export const uploadsRoutes = (api: ContactApi): Router => {
  const router = express.Router();
  const { faults, clock } = api;
  const { uploads } = api.writes;
  const now = (): number => clock.now().getTime();

  router.post('/uploads/2020-11-01/uploadDestinations/*resource', faults.guard(operation), admit(api, operation), (request, response) => {
    const seller = response.locals.seller as Seller;
    demandRole(api, seller, 'buyer-communication');
    const { marketplaceIds, contentMD5 } = singleParameters(request.query, ['marketplaceIds', 'contentMD5', 'contentType']);
    if (!marketplaceIds || marketplaceIds.includes(',')) throw marketplaceMissing();
    if (!contentMD5) throw invalidInput('contentMD5', contentMD5, 'Member must not be null');
    const destination = uploads.create(seller.sellerId, resourceOf(request), contentMD5, now());
    response.status(201).json({
      payload: {
        uploadDestinationId: destination.destinationId,
        url: `${request.protocol}://${request.get('host')}${destinationPath}/${destination.destinationId}?${signFor('PUT', destination.destinationId, now(), uploadLifetimeMs)}`,
        headers: { 'Content-MD5': contentMD5, 'x-amz-server-side-encryption': 'aws:kms' },
      },
    });
  });

  /** The place, or an answer why it stays closed. */
  const open = (request: Request, response: Response): UploadDestination | undefined => {
    const destination = uploads.find(String(request.params.destinationId), now());
    if (!destination) return refuse(response, 404, 'NoSuchKey', 'There is no such destination.');
    const refusal = refusalOf(request.query, 'PUT', destination.destinationId, now()) ?? refusalOfHeaders(request, destination);
    return refusal ? refuse(response, 403, 'AccessDenied', refusal) : destination;
  };

  router.put(
    `${destinationPath}/:destinationId`,
    faults.guard('uploadAttachment'),
    express.raw({ type: () => true, limit: 2 * maxBytes }),
    (request, response) => {
      const destination = open(request, response);
      if (!destination) return;
      const file = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      if (file.length > maxBytes) return void refuse(response, 400, 'EntityTooLarge', 'The file is larger than 10 MiB.');
      if (!uploads.upload(destination, file))
        return void refuse(response, 400, 'InvalidDigest', 'The Content-MD5 you specified was invalid.');
      response.status(200).end();
    },
  );
  return router;
};

/** The path of a message, written out or as one encoded part. @throws AmazonError 400 for what no message is sent with. */
const resourceOf = ({ params }: Request): string => {
  const resource = [params.resource ?? ''].flat().join('/').replace(/^\//, '');
  if (!/^messaging\/v1\/orders\/[\d-]+\/messages\/\w+$/.test(resource))
    throw new AmazonError(400, 'InvalidInput', 'Only attachments of messages are played here.', `resource: ${resource}`);
  return resource;
};

/** They are part of the signature. */
const refusalOfHeaders = (request: Request, { contentMd5 }: UploadDestination): string | undefined =>
  request.get('content-md5') === contentMd5 && request.get('x-amz-server-side-encryption') === 'aws:kms'
    ? undefined
    : 'The request signature we calculated does not match the signature you provided.';

const refuse = (response: Response, status: number, code: string, message: string): undefined => {
  response.status(status).type('application/xml').send(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
};
