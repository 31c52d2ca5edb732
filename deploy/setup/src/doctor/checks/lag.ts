import { type Standing, standingOf } from '@orderbus/amazon-gateway';
import { openDeadLetters, outboxStatus } from '@orderbus/outbox';
import { durationMs } from '@orderbus/service-kit';
import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';
import { readable, readableOne, settingOf, type Visit } from '../visit.ts';

export interface LagFacts {
  readonly services: readonly {
    readonly service: string;
    readonly pending: number;
    readonly oldestAgeSeconds: number;
    readonly deadLetters: number;
  }[];
  /** Absent: the gateway's schema cannot be read from here. */
  readonly amazon?: (Standing & { readonly stalledAfterMs: number }) | undefined;
}

export const judgeLag = ({ services, amazon }: LagFacts): Finding[] => [
  ...services.flatMap(({ service, pending, oldestAgeSeconds, deadLetters }) => {
    const findings: Finding[] = [];
    const waits = `${pending} events wait in its outbox, the oldest for ${Math.round(oldestAgeSeconds)} s`;
    if (pending > 0 && oldestAgeSeconds > 60)
      findings.push(wrong(service, waits, 'Look at the broker: what is not confirmed stays. Then at the log of this service'));
    else if (pending > 0 && oldestAgeSeconds > 10) findings.push(worrying(service, waits, 'Ask again in a minute: it should be gone'));
    if (deadLetters > 0)
      findings.push(worrying(service, `${deadLetters} dead letters wait for a person`, 'docs/operations.md, Dead letters'));
    return findings.length > 0 ? findings : [right(service, 'nothing waits longer than it should')];
  }),
  ...(amazon ? [...judgeStores(amazon), ...judgeWrites(amazon)] : []),
];

const judgeStores = ({ stores, stalledAfterMs }: NonNullable<LagFacts['amazon']>): Finding[] =>
  stores.map(({ storeId, status, readOnly, secondsBehind, lastErrorCode }) => {
    const about = `store ${storeId}`;
    if (status === 'paused') return worrying(about, 'is paused', 'Nothing is read or sent for it, until somebody resumes it');
    const says = `was in step with Amazon ${Math.round(secondsBehind)} s ago${lastErrorCode ? `, since then: ${lastErrorCode}` : ''}`;
    if (secondsBehind * 1_000 > stalledAfterMs) return wrong(about, says, 'GET /stores of the gateway says why, in words');
    if (readOnly)
      return worrying(
        about,
        `${says}; nothing is sent for it: it is read-only`,
        'GET /installation of the gateway says why; docs/runbooks/backup-and-restore.md after a restore',
      );
    return right(about, says);
  });

const judgeWrites = ({ writes }: NonNullable<LagFacts['amazon']>): Finding[] => {
  const unknown = writes.find(({ state }) => state === 'unknown');
  if (unknown && unknown.oldestAgeSeconds > 3_600)
    return [
      worrying(
        'writes to Amazon',
        `of ${unknown.count} nobody knows what became, of the oldest for ${Math.round(unknown.oldestAgeSeconds / 60)} min`,
        'GET /commands?state=unknown of the gateway: settle them, or send them again',
      ),
    ];
  return [right('writes to Amazon', writes.map(({ state, count }) => `${count} ${state}`).join(', ') || 'none is open')];
};

const look = async (visit: Visit): Promise<LagFacts> => {
  const services = await Promise.all(
    readable(visit).map(async ({ patient: { resident }, database }) => {
      const { pending, oldestAgeSeconds } = await outboxStatus(database);
      const letters = await openDeadLetters(database);
      return { service: resident.name, pending, oldestAgeSeconds, deadLetters: letters.reduce((sum, { open }) => sum + open, 0) };
    }),
  );
  const gateway = readableOne(visit, 'amazon-gateway');
  if (!gateway) return { services };
  const stalledAfterMs = settingOf(gateway.patient.environment, 'AMAZON_STALLED_AFTER', durationMs()) ?? 1_800_000;
  return { services, amazon: { ...(await standingOf(gateway.database)), stalledAfterMs } };
};

export const lag = check('lag', look, judgeLag);
