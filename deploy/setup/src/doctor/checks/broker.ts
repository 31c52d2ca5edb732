import { lookAtRabbit, lookAtRabbitServer, type RabbitServer } from '@orderbus/messaging';
import { serviceSettings } from '@orderbus/service-kit';
import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';
import { reasonOf } from '../reason.ts';
import { type Place, settingOf, type Visit } from '../visit.ts';

export interface BrokerFacts {
  readonly services: readonly { readonly service: string; readonly version?: string; readonly reason?: string }[];
  /** Only where the management can be asked. */
  readonly server?: Pick<RabbitServer, 'nodes' | 'featureFlags'> | undefined;
  readonly managementReason?: string | undefined;
}

const oldest = '3.10';
/** Older ones get no repairs from its makers any more. */
const supported = '3.13';

export const judgeBroker = ({ services, server, managementReason }: BrokerFacts): Finding[] => {
  const findings: Finding[] = services.map(({ service, version, reason }) => {
    if (reason !== undefined) return wrong(service, `cannot reach the broker: ${reason}`, remedyOf(reason));
    if (version === undefined) return right(service, 'speaks by the embedded broker, in the database');
    if (isBefore(version, oldest)) return wrong(service, `RabbitMQ ${version} is too old`, `Upgrade it to ${oldest} or newer`);
    if (isBefore(version, supported))
      return worrying(
        service,
        `is let in; RabbitMQ ${version} is no longer supported by its makers`,
        `Upgrade it to ${supported} or newer, one series after the other`,
      );
    return right(service, `RabbitMQ ${version} lets it in`);
  });
  if (managementReason !== undefined)
    findings.push(
      worrying(
        'management',
        `cannot be asked: ${managementReason}`,
        'Alarms, plugins, bindings and arguments of queues were not looked at: mend BROKER_MANAGEMENT_URL',
      ),
    );
  for (const node of server?.nodes ?? []) findings.push(...judgeNode(node));
  const off = (server?.featureFlags ?? [])
    .filter(({ state, stability }) => state === 'disabled' && stability !== 'experimental')
    .map(({ name }) => name);
  if (off.length > 0)
    findings.push(
      worrying(
        'feature flags',
        `not enabled: ${off.join(', ')}`,
        'rabbitmqctl enable_feature_flag all, before the next upgrade needs them',
      ),
    );
  return findings;
};

const judgeNode = (node: RabbitServer['nodes'][number]): Finding[] => {
  const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;
  const { name, running, memoryAlarm, diskAlarm, diskFreeBytes, diskLimitBytes, plugins } = node;
  if (!running) return [wrong(name, 'does not run', 'Start it')];
  if (memoryAlarm)
    return [wrong(name, 'its memory alarm is on: it takes no messages', 'Look which queue is long, and give it more memory')];
  if (diskAlarm) return [wrong(name, 'its disk alarm is on: it takes no messages', 'Free its disk')];
  if (diskFreeBytes < 2 * diskLimitBytes)
    return [
      worrying(
        name,
        `${gigabytes(diskFreeBytes)} of its disk are free, at ${gigabytes(diskLimitBytes)} it takes no messages any more`,
        'Free its disk',
      ),
    ];
  return [right(name, `no alarm, ${gigabytes(diskFreeBytes)} free, plugins: ${plugins.join(', ') || 'none'}`)];
};

const remedyOf = (reason: string): string =>
  /ACCESS[-_]REFUSED|403/i.test(reason)
    ? 'User or password is not right: run setup with BROKER_MANAGEMENT_URL, and restart the service with what it leaves'
    : 'Look whether the broker runs, and whether BROKER_URL names it';

const isBefore = (version: string, than: string): boolean => {
  const [a, b] = [version, than].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)));
  return (a?.[0] ?? 0) - (b?.[0] ?? 0) < 0 || ((a?.[0] ?? 0) === b?.[0] && (a?.[1] ?? 0) < (b?.[1] ?? 0));
};

/** Of each service that says so; those whose address cannot be read are a matter of the settings. */
export const brokerUrls = ({ patients }: Place): { readonly service: string; readonly url: string }[] =>
  patients.flatMap(({ resident, environment }) => {
    const url = settingOf(environment, 'BROKER_URL', serviceSettings.BROKER_URL);
    return url === undefined ? [] : [{ service: resident.name, url }];
  });

export const isRabbit = (url: string): boolean => /^amqps?:/.test(url);

const look = async ({ place }: Visit): Promise<BrokerFacts> => {
  const services = await Promise.all(
    brokerUrls(place).map(async ({ service, url }) => {
      if (!isRabbit(url)) return { service };
      try {
        return { service, version: (await lookAtRabbit(url, { exchanges: [], queues: [], bindings: [] })).version };
      } catch (error) {
        return { service, reason: reasonOf(error) };
      }
    }),
  );
  const { adminUrl, managementUrl } = place.broker ?? {};
  if (!adminUrl || !managementUrl) return { services };
  try {
    return { services, server: await lookAtRabbitServer({ adminUrl, managementUrl }) };
  } catch (error) {
    return { services, managementReason: reasonOf(error) };
  }
};

export const broker = check('broker', look, judgeBroker);
