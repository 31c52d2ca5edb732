import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type TestAccess, testAccess } from '@orderbus/testkit';
import { limitCpu } from './cpu-limit.ts';

export interface Running {
  readonly name: string;
  readonly url: string;
  /** A request of somebody who may do everything. @throws for an answer that is not good */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** What it has written so far for whoever sits at the terminal. */
  said(): string;
  /** The most memory it has held so far, in bytes. */
  peakMemory(): number;
  /** From now on it has so much of a core, and no more. */
  limitCpu(cores: number): void;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** Who signs the callers: tests play him, since what he costs is not what is measured. */
let access: TestAccess | undefined;

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a service as its own process, as an operator would, and waits until it answers that it is ready. */
export const startProcess = async (
  name: string,
  program: string,
  ready: string,
  env: Environment | ((ownUrl: string) => Environment),
): Promise<Running> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  access ??= await testAccess();
  const { bearer } = access;
  const child = spawn(process.execPath, [fileURLToPath(new URL(`../../../${program}`, import.meta.url))], {
    // The same limits as in deploy/Dockerfile.
    env: {
      ...process.env,
      NODE_OPTIONS: '--max-old-space-size=160 --max-semi-space-size=16',
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      HTTP_PORT: String(port),
      SANDBOX_PORT: String(port),
      ...{ ACCESS_URL: access.url, SERVICE_SECRET: 'a secret of the bench, and of the bench only', RATE_LIMIT_PER_MINUTE: '1000000' },
      ...(typeof env === 'function' ? env(url) : env),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  let said = '';
  child.stdout?.on('data', (text) => {
    said += text;
  });
  const deadline = Date.now() + 120_000;
  while (!(await answers(url + ready))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${name} did not start`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { 'content-type': 'application/json', authorization: bearer(name) };
    const answer = await fetch(`${url}${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${name} answered ${path} with ${answer.status} ${await answer.text()}`);
    return answer;
  };
  return {
    ...{ name, url, ask, said: () => said, peakMemory: () => peakOf(child), stop: () => stop(child) },
    limitCpu: (cores) => void child.once('exit', limitCpu(child.pid as number, cores)),
  };
};

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
};

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
};

/** Linux keeps the high-water mark of a process; elsewhere this is unknown. */
const peakOf = (child: ChildProcess): number => {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
};

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await once(child, 'exit');
  clearTimeout(timer);
};
