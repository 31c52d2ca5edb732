import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failpoint, Sabotage } from '@orderbus/kernel';
import { eventually } from '@orderbus/testkit';
import { type Environment, type ServiceProcess, startService } from '@orderbus/tests-system/fleet';
import { askWith } from '@orderbus/tests-system/http';
import { type ServiceName, serviceNames } from '@orderbus/tests-system/installation';
import { freePorts } from './servers/account.ts';

/** How a process is started otherwise than usual. */
interface Wish {
  readonly failpoint?: Failpoint;
  /** How often it comes by the failpoint first. */
  readonly nth?: number;
  readonly sabotage?: readonly Sabotage[];
  /** Settings other than usual. */
  readonly environment?: Environment;
}

/** Our services, a process each, always at the same address. */
export interface Services {
  urlOf(service: ServiceName): string;
  /** With which settings it would be started now. */
  settingsOf(service: ServiceName): Environment;
  start(service: ServiceName, wish?: Wish): Promise<void>;
  /** Ends with SIGKILL. */
  kill(service: ServiceName): Promise<void>;
  /** Ends with SIGTERM. @throws unless it ends well, and in time */
  stop(service: ServiceName): Promise<void>;
  restart(service: ServiceName, wish?: Wish): Promise<void>;
  /** Waits until a process that was started with a failpoint has died of it. */
  died(service: ServiceName): Promise<void>;
  freeze(service: ServiceName): void;
  thaw(service: ServiceName): void;
  /** A second instance beside the first one; or a third. */
  another(service: ServiceName, wish?: Wish): Promise<ServiceProcess>;
  running(service: ServiceName): boolean;
  pidOf(service: ServiceName): number;
  /** Everything that was said by all of them so far, of those that have died, too. */
  lines(service?: ServiceName): string[];
  /** Processes that ended although nobody ended them. */
  readonly strays: readonly string[];
  /** Ended by us, in whatever way. */
  readonly kills: number;
  readonly starts: number;
  showCredential(authorization: string): void;
  stopAll(): Promise<void>;
}

const stopDeadlineMs = 25_000;

export const ourServices = async (environmentOf: (service: ServiceName, accessUrl: string) => Environment): Promise<Services> => {
  const ports = new Map((await freePorts(serviceNames.length)).map((port, n) => [serviceNames[n] as ServiceName, port]));
  const processes = new Map<ServiceName, ServiceProcess>();
  const all: { service: ServiceName; process: ServiceProcess }[] = [];
  const strays: string[] = [];
  /** Those whose end is wanted. */
  const doomed = new WeakSet<ServiceProcess['child']>();
  let kills = 0;
  const urlOf = (service: ServiceName): string => `http://127.0.0.1:${ports.get(service)}`;

  const launchAt = async (service: ServiceName, port: number, wish: Wish = {}): Promise<ServiceProcess> => {
    const { failpoint, nth = 1, sabotage, environment } = wish;
    const started = await startService(service, {
      ...services.settingsOf(service),
      HTTP_PORT: String(port),
      ...{ BILLING_URL: urlOf('billing'), ORDER_URL: urlOf('order') },
      ...(failpoint && { FAILPOINT: `${failpoint}:${nth}` }),
      ...(sabotage && { SABOTAGE: sabotage.join() }),
      ...environment,
    });
    all.push({ service, process: started });
    started.child.once('exit', (code, signal) => {
      const atFailpoint = signal === 'SIGKILL' && failpoint !== undefined;
      if (!doomed.has(started.child) && !atFailpoint) strays.push(`${service} ended by itself: ${signal ?? `exit code ${code}`}`);
    });
    return started;
  };
  const the = (service: ServiceName): ServiceProcess => {
    const process = processes.get(service);
    if (!process) throw new Error(`${service} was never started`);
    return process;
  };
  const running = (service: ServiceName): boolean => {
    const child = processes.get(service)?.child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  };

  const services: Services = {
    urlOf,
    settingsOf: (service) => environmentOf(service, urlOf('access')),
    running,
    pidOf: (service) => processes.get(service)?.child.pid ?? 0,
    start: async (service, wish) => void processes.set(service, await launchAt(service, ports.get(service) as number, wish)),
    kill: async (service) => {
      if (!running(service)) return;
      doomed.add(the(service).child);
      kills += 1;
      await the(service).kill();
    },
    stop: async (service) => {
      if (!running(service)) return;
      const { child } = the(service);
      doomed.add(child);
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const ended = await Promise.race([exited, sleep(stopDeadlineMs, undefined, { ref: false })]);
      if (ended?.[0] !== 0) throw new Error(`${service} did not stop well: ${ended ? `exit code ${ended[0]}` : 'it is still there'}`);
    },
    restart: async (service, wish) => {
      await services.kill(service);
      await services.start(service, wish);
    },
    died: async (service) => {
      const { child, lines } = the(service);
      await eventually(
        () => {
          if (running(service)) throw new Error(`${service} has not come to its failpoint`);
        },
        { withinMs: 90_000, everyMs: 50 },
      );
      await eventually(
        () => {
          if (child.signalCode !== 'SIGKILL' || !lines.some((line) => /^failpoint \w+ reached$/.test(line)))
            throw new Error(`${service} did not die of its failpoint: ${child.signalCode ?? child.exitCode}`);
        },
        { withinMs: 1_000 },
      );
      kills += 1;
    },
    freeze: (service) => void the(service).child.kill('SIGSTOP'),
    thaw: (service) => void the(service).child.kill('SIGCONT'),
    another: async (service, wish) => {
      const [port = 0] = await freePorts(1);
      const second = await launchAt(service, port, wish);
      const after = (end: () => Promise<void>) => (): Promise<void> => {
        doomed.add(second.child);
        return end();
      };
      return { ...second, kill: after(second.kill), stop: after(second.stop) };
    },
    lines: (service) => all.filter((one) => service === undefined || one.service === service).flatMap(({ process }) => process.lines),
    strays,
    get kills() {
      return kills;
    },
    get starts() {
      return all.length;
    },
    showCredential: (authorization) => askWith(authorization, ...serviceNames.map(urlOf)),
    stopAll: async () => {
      for (const { process } of all) {
        doomed.add(process.child);
        process.child.kill('SIGCONT');
      }
      await Promise.all(all.map(({ process }) => process.kill()));
    },
  };
  return services;
};
