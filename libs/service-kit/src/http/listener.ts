import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Listener {
  start(): Promise<void>;
  /** Accepts nothing new, lets running requests finish within the deadline, then cuts every connection. */
  stop(deadlineMs: number): Promise<void>;
  readonly stopping: boolean;
  /** @throws while it does not listen. */
  readonly url: string;
}

export const createListener = (handler: RequestListener, host: string, port: number): Listener => {
  let server: Server | undefined;
  let stopping = false;
  const inFlight = new Set<ServerResponse>();

  const listen = (): Promise<Server> =>
    new Promise((resolve, reject) => {
      const fresh = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
        inFlight.add(response);
        response.once('close', () => {
          inFlight.delete(response);
          // The connection counts as idle only after this turn of the loop.
          if (stopping) setImmediate(() => fresh.closeIdleConnections());
        });
        if (stopping) response.setHeader('connection', 'close');
        handler(request, response);
      });
      // Longer than the idle timeout of the usual load balancers (60 s): who closes first loses requests.
      fresh.keepAliveTimeout = 65_000;
      fresh.once('error', reject);
      fresh.listen(port, host, () => {
        fresh.off('error', reject);
        resolve(fresh);
      });
    });

  return {
    async start() {
      stopping = false;
      server = await listen();
    },
    async stop(deadlineMs) {
      const open = server;
      if (open === undefined || stopping) return;
      stopping = true;
      const closed = new Promise((resolve) => open.close(resolve));
      for (const response of inFlight) endStream(response);
      const timer = setTimeout(() => open.closeAllConnections(), deadlineMs);
      await closed;
      clearTimeout(timer);
      server = undefined;
    },
    get stopping() {
      return stopping;
    },
    get url() {
      const address = server?.address() as AddressInfo | null | undefined;
      if (!address) throw new Error('The server does not listen');
      return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
    },
  };
};

/** Event streams never finish by themselves; browsers reconnect. Answers that have not begun tell the caller to close. */
const endStream = (response: ServerResponse): void => {
  if (!response.headersSent) response.setHeader('connection', 'close');
  else if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.destroy();
};
