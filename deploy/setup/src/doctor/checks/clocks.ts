import { lookAtRabbitServer } from '@orderbus/messaging';
import { url } from '@orderbus/service-kit';
import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';
import { readable, settingOf, type Visit } from '../visit.ts';

interface Facts {
  readonly whose: string;
  /** How far it is ahead of this machine's. */
  readonly aheadMs: number;
  /** How exactly that is known. */
  readonly withinMs: number;
}

/** Services take five seconds between each other's clocks; a token that is older is refused. */
const [bearableMs, suspiciousMs] = [5_000, 1_000];

export const judgeClocks = (clocks: readonly Facts[]): Finding[] =>
  clocks.map(({ whose, aheadMs, withinMs }) => {
    const atLeastMs = Math.max(0, Math.abs(aheadMs) - withinMs);
    const says = `is ${Math.abs(aheadMs / 1_000).toFixed(1)} s ${aheadMs < 0 ? 'behind' : 'ahead of'} this machine's`;
    if (atLeastMs > bearableMs) return wrong(whose, says, 'Set both by NTP: tokens are refused, and polls look at the wrong time');
    if (atLeastMs > suspiciousMs) return worrying(whose, says, 'Look whether NTP works on both machines');
    return right(whose, `agrees with this machine's, to ${((withinMs + Math.abs(aheadMs)) / 1_000).toFixed(1)} s`);
  });

/** Asks, and takes the middle between before and after for the moment of the answer. */
const compare = async (whose: string, now: () => number, ask: () => Promise<number | undefined>, grainMs = 0): Promise<Facts[]> => {
  const before = now();
  const theirs = await ask().catch(() => undefined);
  const after = now();
  if (theirs === undefined || Number.isNaN(theirs)) return [];
  return [
    { whose, aheadMs: Math.round(theirs + grainMs / 2 - (before + after) / 2), withinMs: Math.round((after - before) / 2 + grainMs / 2) },
  ];
};

/** An answer's `Date` tells seconds. */
const grainMs = 1_000;

const look = async (visit: Visit): Promise<Facts[]> => {
  const now = () => visit.clock.now().getTime();
  const [first] = readable(visit);
  const { broker, patients } = visit.place;
  const managementUrl = broker?.managementUrl;
  const amazon = amazonOf(patients.find(({ resident, knows }) => resident.name === 'amazon-gateway' && knows === 'all')?.environment);
  return (
    await Promise.all([
      first
        ? compare("PostgreSQL's clock", now, async () =>
            Date.parse((await first.database.query<{ now: string }>('select clock_timestamp()::text as now'))[0]?.now ?? ''),
          )
        : [],
      broker && managementUrl
        ? compare(
            "RabbitMQ's clock",
            now,
            async () => Date.parse((await lookAtRabbitServer({ ...broker, managementUrl })).date ?? ''),
            grainMs,
          )
        : [],
      amazon
        ? compare(
            "Amazon's clock",
            now,
            async () => Date.parse((await fetch(amazon, { signal: AbortSignal.timeout(5_000) })).headers.get('date') ?? ''),
            grainMs,
          )
        : [],
    ])
  ).flat();
};

const amazonOf = (environment: Readonly<Record<string, string | undefined>> | undefined): string | undefined =>
  environment && (settingOf(environment, 'AMAZON_ENDPOINT', url(['http', 'https'])) ?? 'https://api.amazon.com');

export const clocks = check('clocks', look, judgeClocks);
