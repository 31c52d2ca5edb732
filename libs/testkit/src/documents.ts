import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { BuyerData } from '@orderbus/contracts';
import { extractText, getDocumentProxy } from 'unpdf';

/** The text of each page of a PDF, as a reader would copy it. */
export const textsOf = async (pdf: Uint8Array): Promise<string[]> => {
  const { text: pages } = await extractText(await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 }), { mergePages: false });
  return pages.map((page) => page.normalize('NFKC').replaceAll(/\s+/g, ' '));
};

/** Width and height of each page, in points. */
export const sizesOf = async (pdf: Uint8Array): Promise<string[]> => {
  const document = await getDocumentProxy(new Uint8Array(pdf), { verbosity: 0 });
  const pages = await Promise.all(Array.from({ length: document.numPages }, (_, n) => document.getPage(n + 1)));
  return pages.map(({ view: [, , width = 0, height = 0] }) => `${Math.round(width)} x ${Math.round(height)}`);
};

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly purpose: string; readonly orderIds: readonly string[]; readonly fields: readonly string[] };
}

/** The order service, as far as it shows buyers. */
export interface BuyerShow {
  readonly url: string;
  /** Everything that it was asked for. */
  readonly asked: Asked[];
  /** Whom it shows; others are missing. A text is the day on which he was forgotten. */
  readonly buyers: Map<string, BuyerData | string>;
  /** What it answers instead, if anything. */
  refusal: { status: number; body: object } | undefined;
  stop(): Promise<void>;
}

export const showBuyers = async (): Promise<BuyerShow> => {
  const server = createServer(async (request, response) => {
    const body = JSON.parse(await text(request));
    show.asked.push({ headers: request.headers, body });
    const { status, body: answer } = show.refusal ?? { status: 200, body: answerTo(show.buyers, body.orderIds) };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const show: BuyerShow = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ asked: [], buyers: new Map(), refusal: undefined },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return show;
};

const answerTo = (buyers: BuyerShow['buyers'], orderIds: readonly string[]) => ({
  items: orderIds.filter((orderId) => buyers.has(orderId)).map((orderId) => itemOf(orderId, buyers.get(orderId) ?? {})),
  missing: orderIds.filter((orderId) => !buyers.has(orderId)),
});

const itemOf = (orderId: string, buyer: BuyerData | string) => {
  const about = { orderId, version: 0, masked: false };
  if (typeof buyer === 'string') return { ...about, state: 'purged', buyer: {}, purged: { at: buyer, reason: 'retention' } };
  return { ...about, state: 'kept', buyer };
};
