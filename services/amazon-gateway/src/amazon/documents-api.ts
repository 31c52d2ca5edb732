import { gunzipSync } from 'node:zlib';
import { AppError } from '@orderbus/kernel';
import { codes } from './amazon-error.ts';
import type { Exchange } from './exchange.ts';
import type { HttpAnswer } from './http.ts';
import type { UploadDestination } from './messaging-api.ts';

/** The documents of feeds, and what messages carry, lie elsewhere, at addresses that are the permission: no token is shown there, and no quota counted. */
export interface DocumentsApi {
  /** A file that a message is going to carry. The headers are part of the address. */
  uploadAttachment(destination: UploadDestination, file: Uint8Array, signal: AbortSignal): Promise<void>;
  /** `contentType` as the document was created with. */
  uploadFeedDocument(url: string, contentType: string, body: string | Uint8Array, signal: AbortSignal): Promise<void>;
  /** Its text, unpacked. */
  downloadFeedDocument(document: { readonly url: string }, signal: AbortSignal): Promise<string>;
}

export const documentsApi = (exchange: Exchange): DocumentsApi => ({
  uploadAttachment: ({ url, headers }, file, signal) =>
    exchange(
      {
        operation: 'uploadAttachment',
        circuit: 'contacts',
        url,
        init: { method: 'PUT', headers: { ...headers }, body: file as NonNullable<RequestInit['body']> },
        read: () => {},
        refusal,
      },
      signal,
    ),
  uploadFeedDocument: (url, contentType, body, signal) =>
    exchange(
      {
        operation: 'uploadFeedDocument',
        circuit: 'feeds',
        url,
        init: { method: 'PUT', headers: { 'content-type': contentType }, body: body as NonNullable<RequestInit['body']> },
        read: () => {},
        refusal,
      },
      signal,
    ),
  downloadFeedDocument: ({ url }, signal) =>
    exchange({ operation: 'downloadFeedDocument', circuit: 'feeds', url, init: {}, read: textOf, refusal }, signal),
});

/** An address lives for five minutes: whatever is wrong with it, a new one may be asked for. Nothing happened at Amazon. */
const refusal = ({ status }: HttpAnswer): AppError => new AppError('unavailable', codes.document, { status, sent: false });

const longestBytes = 64 * 1_048_576;

/** Packed or not is told by the first bytes: where the server says so as well, it has been unpacked already. */
const textOf = ({ bytes }: HttpAnswer): string => {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  try {
    return (isPacked ? gunzipSync(bytes, { maxOutputLength: longestBytes }) : bytes).toString('utf8');
  } catch (error) {
    throw new AppError('unavailable', codes.garbled, { operation: 'downloadFeedDocument', bytes: bytes.length }, { cause: error });
  }
};
