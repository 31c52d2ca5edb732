import { isIP, type LookupFunction } from 'node:net';
import { withDeadline } from '@orderbus/service-kit';
import { Agent, type Dispatcher, request } from 'undici';
import type { Reason } from '../domain/reason.ts';
import { reasonOf } from './target/failures.ts';
import { NotCallable } from './target/not-callable.ts';
import { askDns, lookUpHere, type Resolve } from './target/resolve.ts';
import { type AllowedHost, readTarget, type Target, throwUnlessPublic } from './target/target.ts';

/** What to send. */
interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * How it went. `taken`: answered 2xx. `declined`: any other answer, a redirect among them. `unreachable`: no answer, or none in time; the
 * target may have got the message all the same. `forbidden`: nothing was sent.
 */
export interface Posted {
  readonly outcome: 'taken' | 'declined' | 'unreachable' | 'forbidden';
  /** What was wrong, without anything of the URL but its host. */
  readonly problem?: Reason;
  readonly answer?: Answer;
  readonly durationMs: number;
}

interface Answer {
  readonly status: number;
  /** As it came. */
  readonly retryAfter?: string;
  /** Its first 64 KiB. */
  readonly body: string;
}

/** Calls URLs that people have named. */
export interface SafePost {
  /** Looks whether it could be called, without calling it. @throws NotCallable */
  check(url: string): Promise<void>;
  /** Never throws: whatever happens is an answer. */
  post(url: string, message: Message): Promise<Posted>;
  stop(): Promise<void>;
}

export interface SafePostOptions {
  readonly allowedHosts: readonly AllowedHost[];
  readonly resolve?: Resolve;
  readonly connectMs?: number;
  /** For all of it: name, connection, answer. */
  readonly deadlineMs?: number;
}

/**
 * An HTTP client that cannot be led into the network that it stands in. The name is resolved at every attempt, all of its addresses are
 * checked, and the connection goes to one of them: between check and connection nobody is asked again. Redirects are not followed.
 */
export const safePost = ({ allowedHosts, resolve, connectMs = 5_000, deadlineMs = 10_000 }: SafePostOptions): SafePost => {
  const agents = agentsByAddress(connectMs);

  /** @throws NotCallable */
  const addressesOf = async (target: Target): Promise<readonly string[]> => {
    if (target.address !== undefined) return [target.address];
    const ask = resolve ?? (target.allowed ? lookUpHere : askDns);
    const addresses = await ask(target.url.hostname).catch((error: unknown) => {
      throw new NotCallable('target.unknown', reasonOf(error, target.name));
    });
    if (addresses.length === 0) throw new NotCallable('target.unknown', noAddress(target.name));
    throwUnlessPublic(target, addresses);
    return addresses;
  };

  const send = async (target: Target, { headers, body }: Message, signal: AbortSignal): Promise<Answer> => {
    const dispatcher = agents.for(target, await addressesOf(target));
    const answer = await request(target.url, { method: 'POST', headers, body, dispatcher, signal });
    const retryAfter = answer.headers['retry-after'];
    return {
      status: answer.statusCode,
      ...(typeof retryAfter === 'string' ? { retryAfter } : {}),
      body: await firstOf(answer.body),
    };
  };

  const tooLate =
    ({ name: host }: Target) =>
    () => {
      const seconds = deadlineMs / 1_000;
      const words = `${host} has not answered within ${seconds} s`;
      return new NotCallable('target.too-late', { code: 'target.no-answer-in-time', words, facts: { host, seconds } });
    };

  return {
    check: async (url) => {
      const target = readTarget(url, allowedHosts);
      await withDeadline(deadlineMs, () => addressesOf(target), tooLate(target));
    },

    post: async (url, message) => {
      const started = performance.now();
      const took = () => Math.round(performance.now() - started);
      let name = 'it';
      try {
        const target = readTarget(url, allowedHosts);
        name = target.name;
        const answer = await withDeadline(deadlineMs, (signal) => send(target, message, signal), tooLate(target));
        return { ...judge(answer, name), answer, durationMs: took() };
      } catch (error) {
        return { ...failureOf(error, name), durationMs: took() };
      }
    },

    stop: agents.stop,
  };
};

const noAddress = (host: string): Reason => ({ code: 'target.without-address', words: `${host} has no address`, facts: { host } });

const judge = ({ status }: Answer, host: string): Pick<Posted, 'outcome' | 'problem'> => {
  if (status >= 200 && status < 300) return { outcome: 'taken' };
  const facts = { host, status };
  const words = `${host} answered ${status}`;
  if (status < 300 || status >= 400) return { outcome: 'declined', problem: { code: 'target.answered', words, facts } };
  return { outcome: 'declined', problem: { code: 'target.redirects', words: `${words}: redirects are not followed`, facts } };
};

const failureOf = (error: unknown, host: string): Pick<Posted, 'outcome' | 'problem'> => ({
  outcome: error instanceof NotCallable && error.code === 'target.forbidden' ? 'forbidden' : 'unreachable',
  problem: reasonOf(error, host),
});

const answerBytes = 65_536;

/** What is beyond is not read: leaving the loop closes the connection. */
const firstOf = async (body: Dispatcher.ResponseData['body']): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= answerBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, answerBytes).toString('utf8');
};

const agentsKept = 500;

/** Connections are kept open for a while, and used again only for a host that has the same addresses still. */
const agentsByAddress = (connectMs: number) => {
  const agents = new Map<string, Agent>();
  return {
    for: ({ url }: Target, addresses: readonly string[]): Agent => {
      const key = [url.hostname, ...addresses.toSorted()].join(' ');
      const agent = agents.get(key) ?? new Agent({ allowH2: false, connect: { timeout: connectMs, lookup: knowing(addresses) } });
      // The last used goes to the end; the first is the one that nobody has used for longest.
      agents.delete(key);
      agents.set(key, agent);
      const [oldest] = agents;
      if (agents.size > agentsKept && oldest) {
        agents.delete(oldest[0]);
        void oldest[1].close();
      }
      return agent;
    },
    stop: async (): Promise<void> => {
      await Promise.all([...agents.values()].map((agent) => agent.destroy()));
      agents.clear();
    },
  };
};

/** Answers the connection with what has been checked, whatever it asks. */
const knowing =
  (addresses: readonly string[]): LookupFunction =>
  (_host, { all }, answer) => {
    const known = addresses.map((address) => ({ address, family: isIP(address) }));
    const [first] = known;
    if (all) answer(null, known);
    else answer(null, first?.address ?? '', first?.family);
  };
