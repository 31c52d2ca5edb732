import { readFileSync } from 'node:fs';
import { startProduct } from './product.ts';

/** One measurement. */
export interface ReplicasRun {
  /** Processes of each service. */
  readonly replicas: number;
  /** Queues of each service. */
  readonly partitions: number;
  readonly perSecond: number;
  /** Of all processes of the services, in milliseconds for each order. */
  readonly servicesCpuMs: number;
  /** Of the whole machine: with servers and sandbox. Nothing where it is not known. */
  readonly machineCpuMs: number | undefined;
}

type OnFreshServers = <T>(work: (databaseUrl: string, amqpUrl: string) => Promise<T>) => Promise<T>;

/** One and two take turns, so that a machine that becomes slower or faster does it to both. */
const rounds = [
  ...[1, 2, 1, 2].map((replicas) => ({ replicas, partitions: 1 })),
  ...[1, 2].map((replicas) => ({ replicas, partitions: 4 })),
];

/** Twelve processes with one more connection each stay below the hundred that a PostgreSQL takes by default. The same for one of each. */
const settings = { DATABASE_CONNECTIONS: '4' };

/** Orders before it counts, for each process of a service: a program is compiled where it has become hot, and two have half as much each. */
const warmUp = 3_000;

/** `cores`: what each process has once it is warm, as with limits on machines of its own; nothing: all share this one. */
export const measureReplicas = async (
  onFreshServers: OnFreshServers,
  { orders, cores }: { readonly orders: number; readonly cores: number | undefined },
  tell: (run: ReplicasRun) => void,
): Promise<ReplicasRun[]> => {
  const runs: ReplicasRun[] = [];
  for (const { replicas, partitions } of rounds) {
    const work = onFreshServers(async (databaseUrl, amqpUrl) => {
      const product = await startProduct(databaseUrl, amqpUrl, settings, { replicas, partitions });
      try {
        await product.throughput(warmUp * replicas);
        if (cores !== undefined) product.limitCpu(cores);
        const [services, machine] = [await product.cpuSeconds(), busySeconds()];
        const perSecond = await product.throughput(orders);
        const each = (seconds: number): number => (seconds * 1_000) / orders;
        return {
          ...{ replicas, partitions, perSecond },
          servicesCpuMs: each((await product.cpuSeconds()) - services),
          machineCpuMs: machine === undefined ? undefined : each((busySeconds() ?? machine) - machine),
        };
      } finally {
        await product.stop();
      }
    });
    const run = await work.catch(unlessNoPlugin);
    if (!run) continue;
    runs.push(run);
    tell(run);
  }
  return runs;
};

/** Several queues take a plugin that not every RabbitMQ has. */
const unlessNoPlugin = (error: { readonly code?: unknown }): undefined => {
  if (error.code !== 'broker.plugin-missing') throw error;
  return undefined;
};

/** What two of each do of what one of each does, over all rounds with so many queues. */
export const shareOfOne = (runs: readonly ReplicasRun[], partitions: number): number => {
  const mean = (replicas: number): number => {
    const some = runs.filter((run) => run.replicas === replicas && run.partitions === partitions);
    return some.reduce((sum, { perSecond }) => sum + perSecond, 0) / some.length;
  };
  return mean(2) / mean(1);
};

/** How long all processors together have worked since the machine started. Linux tells. */
const busySeconds = (): number | undefined => {
  try {
    const [, user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '')
      .split(/\s+/)
      .map(Number);
    return (user + nice + system + irq + softirq) / 100;
  } catch {
    return undefined;
  }
};
