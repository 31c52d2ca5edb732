import { AppError } from '@orderbus/kernel';
import { type Breaker, breaker, type KeyRing, type ServiceKit, scrubText } from '@orderbus/service-kit';
import type { Reason } from '../../domain/reason.ts';
import { openAddress } from '../../hook-address.ts';
import { sealedTargets } from '../../store/rules.ts';
import { retryAfterMs } from '../../webhooks/domain/attempt.ts';
import type { Posted, SafePost } from '../../webhooks/safe-post.ts';
import { scrubbed } from '../../webhooks/sealed-target.ts';
import { slackPayload, webhookPayload } from '../../words/payloads.ts';
import type { Carrier, Letter, Outcome } from './carrier.ts';

const timeoutMs = 15_000;
const circuitMs = 30_000;

export interface HookOptions {
  readonly ring: KeyRing;
  readonly client: SafePost;
  readonly consoleUrl: string | undefined;
}

/** To addresses that the rules name: Slack's incoming webhooks and whatever understands the like, or any program. Each host has a circuit of its own. */
export const hookCarrier = (
  { database, log, metrics, clock, circuits: watched }: ServiceKit,
  { ring, client, consoleUrl }: HookOptions,
): Carrier => {
  const circuits = new Map<string, Breaker<[string, string], Posted>>();
  const circuitOf = (host: string): Breaker<[string, string], Posted> => {
    const known = circuits.get(host);
    if (known) return known;
    const made = breaker(
      { name: `hook.${host}`, timeoutMs, log, metrics, watch: watched.to(`hook.${host}`), resetMs: circuitMs },
      async (_, url: string, body: string) => {
        const posted = await client.post(url, { headers: { 'content-type': 'application/json', 'user-agent': 'Orderbus' }, body });
        if (isIll(posted)) throw new IllTarget(posted);
        return posted;
      },
    );
    circuits.set(host, made);
    return made;
  };

  const post = (url: string, body: string): Promise<Posted> =>
    circuitOf(new URL(url).host)(url, body).catch((error: unknown) => {
      if (error instanceof IllTarget) return error.posted;
      throw error;
    });

  return {
    ...{ name: 'hooks', channels: ['slack', 'webhook'], together: 10, timeoutMs },
    send: async ({ delivery, content, words }: Letter) => {
      const url = await addressOf(delivery.targetId);
      if (url === undefined) return { outcome: 'again', error: unopened };
      const payload = delivery.channel === 'slack' ? slackPayload(words) : webhookPayload(delivery.id, content, words, consoleUrl);
      try {
        return outcomeOf(await post(url, JSON.stringify(payload)), url, clock.now());
      } catch (error) {
        if (error instanceof AppError && error.code === 'circuit.open') return { outcome: 'not-tried', afterMs: circuitMs };
        // Nothing else of the error: nobody knows what it holds.
        return { outcome: 'again', error: error instanceof AppError ? callFailed(error.code) : uncalled };
      }
    },
    stop: async () => {
      await Promise.all([...circuits.values()].map((circuit) => circuit.stop()));
      await client.stop();
    },
  };

  async function addressOf(targetId: string | null): Promise<string | undefined> {
    const sealed = targetId === null ? undefined : (await sealedTargets(database, [targetId])).get(targetId);
    return sealed === undefined || targetId === null ? undefined : openAddress(ring, targetId, sealed);
  }
};

class IllTarget extends Error {
  readonly posted: Posted;
  constructor(posted: Posted) {
    super('the target does not answer as it should');
    this.posted = posted;
  }
}

const isIll = ({ outcome, answer }: Posted): boolean => outcome === 'unreachable' || (answer?.status ?? 0) >= 500;

const unopened: Reason = { code: 'target.not-opened', words: 'its address cannot be opened: the key is not among ORDERBUS_KEYS' };
const callFailed = (heard: string): Reason => ({
  code: 'delivery.call-failed',
  words: `it could not be called (${heard})`,
  facts: { heard },
});
const uncalled: Reason = { code: 'delivery.not-called', words: 'it could not be called' };

/** Answers that ask for another try. */
const forLater = [408, 425, 429];

const outcomeOf = ({ outcome, problem = uncalled, answer }: Posted, url: string, now: Date): Outcome => {
  const said = answer === undefined ? undefined : scrubbed(`${answer.status} ${answer.body}`, { url, secrets: [] }, scrubText);
  const told = said === undefined ? {} : { answer: said };
  if (outcome === 'taken') return { outcome: 'sent', answer: said ?? '' };
  const later = outcome === 'unreachable' || (answer !== undefined && (answer.status >= 500 || forLater.includes(answer.status)));
  if (!later) return { outcome: 'never', error: problem, ...told };
  const afterMs = retryAfterMs(answer?.retryAfter, now);
  return { outcome: 'again', error: problem, ...told, ...(afterMs === undefined ? {} : { afterMs }) };
};
