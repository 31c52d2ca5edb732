import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Post {
  readonly path: string;
  // biome-ignore lint/suspicious/noExplicitAny: payloads are looked into freely
  readonly body: any;
}

/** What takes posts as Slack does. */
export interface HookServer {
  readonly url: string;
  /** What came and was answered with 200. */
  readonly posts: readonly Post[];
  /** From now on; 200 takes what comes. */
  answer(status: number, body?: string, headers?: Record<string, string>): void;
  forget(): void;
  stop(): Promise<void>;
}

export const hookServer = async (): Promise<HookServer> => {
  const posts: Post[] = [];
  let answer = { status: 200, body: 'ok', headers: {} };
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (answer.status === 200) posts.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
      response.writeHead(answer.status, answer.headers).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    posts,
    answer: (status, body = 'ok', headers = {}) => {
      answer = { status, body, headers };
    },
    forget: () => void posts.splice(0),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
