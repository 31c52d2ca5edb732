import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCall {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What it answers with; text is sent as it is. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An Amazon that says what a test wants it to say, and remembers what it was asked. It logs everybody in. */
export interface ScriptedAmazon {
  readonly url: string;
  readonly calls: ReceivedCall[];
  /** The tokens it has given out, in order: `token-1`, … */
  readonly logins: ReceivedCall[];
  /** Answers a call, or takes the connection into its own hands and returns nothing. */
  script: (call: ReceivedCall, n: number, raw: { request: IncomingMessage; response: ServerResponse }) => Answer | undefined;
  onLogin: (n: number) => Answer;
  stop(): Promise<void>;
}

export const scriptedAmazon = async (): Promise<ScriptedAmazon> => {
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const call = {
      method: request.method ?? '',
      url: new URL(request.url ?? '/', amazon.url),
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    const isLogin = call.url.pathname === '/auth/o2/token';
    const seen = isLogin ? amazon.logins : amazon.calls;
    seen.push(call);
    const answer = isLogin ? amazon.onLogin(seen.length) : amazon.script(call, seen.length, { request, response });
    if (!answer) return;
    const { status, headers, body } = answer;
    response.writeHead(status, { 'x-amzn-requestid': `request-${seen.length}`, ...headers });
    response.end(typeof body === 'string' || body instanceof Uint8Array || body === undefined ? body : JSON.stringify(body));
  };

  const amazon: ScriptedAmazon = {
    get url() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    calls: [],
    logins: [],
    script: () => ({ status: 204 }),
    onLogin: (n) => ({ status: 200, body: { access_token: `token-${n}`, expires_in: 3_600 } }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return amazon;
};

/** As Amazon words its refusals. */
export const refusal = (code: string, message: string, details = '') => ({ errors: [{ code, message, details }] });
export const expired = refusal('Unauthorized', 'Access to requested resource is denied.', 'The access token you provided has expired.');
export const denied = refusal('Unauthorized', 'Access to requested resource is denied.');
export const throttled = refusal('QuotaExceeded', 'You exceeded your quota for the requested resource.');
