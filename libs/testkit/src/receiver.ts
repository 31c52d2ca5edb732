import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedCall {
  readonly path: string;
  readonly id: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at: number;
}

/** An integrator's server. What it answers is said by path; unless it is, it takes what comes. */
export interface Receiver {
  readonly origin: string;
  readonly host: string;
  readonly calls: readonly ReceivedCall[];
  at(path: string): ReceivedCall[];
  answers(path: string, answer: (response: ServerResponse, call: ReceivedCall) => void): void;
  stop(): Promise<void>;
}

export const receiver = async (): Promise<Receiver> => {
  const calls: ReceivedCall[] = [];
  const answers = new Map<string, (response: ServerResponse, call: ReceivedCall) => void>();
  const server = createServer(async (request, response) => {
    const { pathname: path } = new URL(request.url ?? '/', 'http://receiver');
    const call = { path, id: String(request.headers['webhook-id']), headers: request.headers, body: await text(request), at: Date.now() };
    calls.push(call);
    const answer = answers.get(path);
    if (answer) answer(response, call);
    else response.writeHead(204).end();
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin: `http://${host}`,
    host,
    calls,
    at: (path) => calls.filter((call) => call.path === path),
    answers: (path, answer) => void answers.set(path, answer),
    stop: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
};
