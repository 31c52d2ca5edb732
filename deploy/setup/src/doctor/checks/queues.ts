import { isDeepStrictEqual } from 'node:util';
import {
  expectedTopology,
  lookAtEmbedded,
  lookAtRabbit,
  lookAtRabbitServer,
  type RabbitLook,
  type RabbitServer,
  type RabbitTopology,
} from '@orderbus/messaging';
import { declarationOf, serviceSettings } from '@orderbus/service-kit';
import { brokerPolicies } from '../../broker-policies.ts';
import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';
import { connectReading, type Patient, queriesOf, settingOf, type Visit } from '../visit.ts';
import { brokerUrls, isRabbit } from './broker.ts';

export interface QueueFacts {
  /** Of each service: what it needs and is not there. */
  readonly services: readonly { readonly service: string; readonly missing: readonly string[] }[];
  /** Queues of RabbitMQ that nobody reads. */
  readonly unread?: readonly string[];
  /** Messages that wait, by queue. */
  readonly depths: Readonly<Record<string, number>>;
  /** Where the management can be asked: all there has to be, and all there is. */
  readonly whole?: { readonly expected: RabbitTopology; readonly found: Pick<RabbitServer, 'topology' | 'policies'> } | undefined;
}

const runSetup = 'Run setup: it makes what is missing, and changes nothing that is right';

export const judgeQueues = ({ services, unread = [], depths, whole }: QueueFacts): Finding[] => [
  ...services.map(({ service, missing }) =>
    missing.length > 0 ? wrong(service, `is missing ${missing.join(', ')}`, runSetup) : right(service, 'has its queues'),
  ),
  ...unread.map((queue) =>
    worrying(
      queue,
      'is read by nobody',
      'Start its service. If it runs, its log says why it does not read: waiting for the broker, other RETRY_DELAYS',
    ),
  ),
  ...(whole ? judgeWhole(whole) : []),
  ...judgeDepths(depths),
];

const judgeWhole = ({ expected, found: { topology, policies } }: NonNullable<QueueFacts['whole']>): Finding[] => {
  const findings: Finding[] = [];
  for (const kind of ['exchanges', 'queues'] as const)
    for (const wanted of expected[kind]) {
      const there = topology[kind].find(({ name }) => name === wanted.name);
      if (there && (there.type !== wanted.type || !isDeepStrictEqual(there.arguments, wanted.arguments)))
        findings.push(
          wrong(wanted.name, `is another ${kind.slice(0, -1)} than this version declares`, 'Empty it, delete it, and run setup'),
        );
    }
  const binds = new Set(topology.bindings.map(({ source, destination, routingKey }) => [source, destination, routingKey].join()));
  const unbound = expected.bindings.filter(({ source, destination, routingKey }) => !binds.has([source, destination, routingKey].join()));
  for (const { source, destination, routingKey } of unbound)
    findings.push(wrong(destination, `does not get ${routingKey || 'anything'} from ${source}`, runSetup));
  findings.push(...judgePolicies(policies, expected));
  if (findings.length === 0)
    findings.push(
      right(
        'all of them',
        `${expected.exchanges.length} exchanges, ${expected.queues.length} queues and ${expected.bindings.length} bindings, as declared`,
      ),
    );
  return findings;
};

const judgePolicies = (found: RabbitServer['policies'], expected: RabbitTopology): Finding[] => {
  const ours = brokerPolicies.flatMap(({ name, pattern, definition }) => {
    const there = found.find((policy) => policy.name === name);
    if (there && there.pattern === pattern && isDeepStrictEqual(there.definition, definition)) return [];
    return [
      worrying(
        `policy ${name}`,
        there ? 'is another one than this version sets' : 'is missing',
        'Run setup: without it, RabbitMQ goes on refusing what is to be tried again when the limit of a full queue is taken away',
      ),
    ];
  });
  const strange = found.filter(({ name, pattern }) => !isOurs(name) && matchesOurs(pattern, expected));
  return [
    ...ours,
    ...strange.map(({ name, pattern, definition }) =>
      worrying(
        `policy ${name}`,
        `applies to our queues (${pattern}) instead of ours: ${Object.keys(definition).join(', ')}`,
        'Make sure that it drops nothing: no message-ttl, no expires. A queue that is longer than max-length refuses, and events wait in their outboxes',
      ),
    ),
  ];
};

const isOurs = (policy: string): boolean => brokerPolicies.some(({ name }) => name === policy);

const matchesOurs = (pattern: string, { queues, exchanges }: RabbitTopology): boolean => {
  try {
    const matches = new RegExp(pattern);
    return [...queues, ...exchanges].some(({ name }) => matches.test(name));
  } catch {
    return true;
  }
};

/** More than a service handles in a minute. */
const long = 10_000;

const judgeDepths = (depths: QueueFacts['depths']): Finding[] =>
  Object.entries(depths).flatMap(([queue, messages]) => {
    if (messages === 0) return [];
    if (/\.parked$/.test(queue))
      return [worrying(queue, `${messages} parked messages wait to be archived as dead letters`, 'Look whether its service runs')];
    if (/\.unrouted$/.test(queue))
      return [
        worrying(queue, `${messages} messages that nobody wanted`, 'Look which: a version may be missing. The event logs have them all'),
      ];
    if (messages > long)
      return [wrong(queue, `${messages} messages wait`, 'Look whether its service runs, and what it says; start more instances')];
    return [];
  });

/** The embedded broker tells less. */
type Look = Pick<RabbitLook, 'missing' | 'depths'> & Partial<RabbitLook>;

const look = async (visit: Visit): Promise<QueueFacts> => {
  const { place } = visit;
  const services: { service: string; missing: readonly string[] }[] = [];
  const unread: string[] = [];
  let depths: Record<string, number> = {};
  for (const { service, url } of brokerUrls(place)) {
    const patient = place.patients.find(({ resident }) => resident.name === service) as Patient;
    const declaration = declarationOf(patient.resident, delaysOf(visit, patient));
    // Whoever does not let us in has been named already.
    const found: Look | undefined = await (isRabbit(url)
      ? lookAtRabbit(url, await expectedTopology([declaration], { partitions: partitionsOf(visit, patient) }))
      : inDatabase(url, declaration)
    ).catch(() => undefined);
    if (!found) continue;
    services.push({ service, missing: found.missing });
    depths = { ...depths, ...found.depths };
    unread.push(...(found.unread ?? []));
  }
  return { services, unread, depths, whole: await wholeOf(visit) };
};

const delaysOf = ({ place }: Visit, { environment }: Patient): readonly number[] | undefined =>
  place.retryDelaysMs ?? settingOf(environment, 'RETRY_DELAYS', serviceSettings.RETRY_DELAYS);

const partitionsOf = ({ place }: Visit, patient: Patient | undefined): readonly number[] | undefined =>
  place.partitions ?? settingOf(patient?.environment ?? {}, 'QUEUE_PARTITIONS', serviceSettings.QUEUE_PARTITIONS);

const inDatabase = async (url: string, declaration: Parameters<typeof lookAtEmbedded>[1][number]) => {
  const client = await connectReading(url, 'broker');
  try {
    return await lookAtEmbedded(queriesOf(client).query, [declaration]);
  } finally {
    await client.end();
  }
};

const wholeOf = async (visit: Visit): Promise<QueueFacts['whole']> => {
  const { adminUrl, managementUrl } = visit.place.broker ?? {};
  if (!adminUrl || !managementUrl) return undefined;
  try {
    const expected = await expectedTopology(
      visit.place.patients.map((patient) => declarationOf(patient.resident, delaysOf(visit, patient))),
      { partitions: partitionsOf(visit, visit.place.patients[0]) },
    );
    return { expected, found: await lookAtRabbitServer({ adminUrl, managementUrl }) };
  } catch {
    return undefined;
  }
};

export const queues = check('queues', look, judgeQueues);
