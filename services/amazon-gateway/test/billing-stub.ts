import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A billing service that has every document. */
export interface BillingStub {
  readonly url: string;
  /** What it was asked for, as `<path> <kind of credential>`. */
  readonly asked: string[];
  /** What it answers; a status of 0 cuts the connection. */
  answer: { status: number; body: string | Uint8Array };
  stop(): Promise<void>;
}

export const aPdf = '%PDF-1.7 the document of Canary Buyerson';

export const billingStub = async (): Promise<BillingStub> => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization?.split(' ')[0]}`);
    const { status, body } = stub.answer;
    if (status === 0) return void request.socket.destroy();
    response.writeHead(status, { 'content-type': 'application/pdf' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stub: BillingStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    answer: { status: 200, body: aPdf },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return stub;
};
