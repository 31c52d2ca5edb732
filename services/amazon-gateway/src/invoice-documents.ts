import { AppError } from '@orderbus/kernel';
import { askService, breaker, type Part, type ServiceHeaders, type ServiceKit } from '@orderbus/service-kit';
import type { InvoiceUpload } from './domain/feed-batch.ts';

/** Where the documents come from that Amazon wants to have. They are fetched when they are handed in, and never kept. */
export interface InvoiceDocuments {
  /** @throws AppError `billing.*`: Amazon has not heard of it. */
  fetchPdf(upload: { readonly plan: WantedDocument }, signal: AbortSignal): Promise<Uint8Array>;
  /** Nobody is there to be asked just now. */
  readonly isDown: boolean;
  readonly part: Part;
}

type WantedDocument = Pick<InvoiceUpload['plan'], 'documentId' | 'documentType'>;

const timeoutMs = 30_000;
/** Amazon takes no larger documents. */
const mostBytes = 10 * 1_048_576;
const retryAfterMs = 60_000;

/** The billing service writes them, each time anew and byte by byte the same. */
export const invoiceDocuments = (
  billingUrl: string,
  { log, metrics, circuits, headersFor }: Pick<ServiceKit, 'log' | 'metrics' | 'circuits' | 'headersFor'>,
): InvoiceDocuments => {
  const isFailure = (error: unknown): boolean => !(error instanceof AppError) || error.kind === 'unavailable';
  const circuit = breaker(
    { name: 'billing.documents', timeoutMs, minimumCalls: 3, log, metrics, watch: circuits.to('billing'), isFailure },
    (deadline, url: string, stop: AbortSignal) => download(url, headersFor, AbortSignal.any([deadline, stop])),
  );
  return {
    fetchPdf: ({ plan: { documentId, documentType } }, signal) => {
      const folder = documentType === 'invoice' ? 'invoices' : 'credit-memos';
      return circuit(`${billingUrl.replace(/\/$/, '')}/${folder}/${documentId}/pdf`, signal);
    },
    get isDown() {
      return circuit.state === 'open';
    },
    part: { name: 'invoice documents', start: async () => {}, stop: () => circuit.stop() },
  };
};

const download = async (url: string, headersFor: ServiceHeaders, signal: AbortSignal): Promise<Uint8Array> => {
  const answer = await ask(url, headersFor, signal);
  if (answer.status !== 200) throw refusal(answer.status);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.length > mostBytes) throw new AppError('too-large', 'billing.document-too-large', { bytes: bytes.length, sent: false });
  if (!isPdf(bytes)) throw new AppError('invalid', 'billing.not-a-pdf', { bytes: bytes.length, sent: false });
  return bytes;
};

const ask = async (url: string, headersFor: ServiceHeaders, signal: AbortSignal): Promise<Response> => {
  try {
    return await askService({ peer: 'billing', route: '/:folder/:id/pdf' }, url, {
      headers: { accept: 'application/pdf', ...(await headersFor('billing')) },
      signal,
    });
  } catch (error) {
    throw new AppError('unavailable', 'billing.unreachable', { sent: false, retryAfterMs }, { cause: error });
  }
};

const refusal = (status: number): AppError =>
  status === 404
    ? new AppError('not-found', 'billing.no-such-document', { sent: false, retryAfterMs })
    : new AppError('unavailable', 'billing.unexpected-answer', { status: `HTTP ${status}`, sent: false, retryAfterMs });

const isPdf = (bytes: Uint8Array): boolean => new TextDecoder('latin1').decode(bytes.subarray(0, 5)) === '%PDF-';
