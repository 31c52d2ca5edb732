import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ringText } from './harness.ts';

/** Instances of the service, processes of their own, one at a time: each is killed without a warning while it works, and another comes. */
export interface Mortals {
  /** One is there, and takes messages. */
  born(): Promise<void>;
  /** It is killed a moment from now, and the next one is there. */
  dieSoon(): Promise<void>;
  killed(): number;
  end(): Promise<void>;
}

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));

export const mortals = (urls: Readonly<Record<string, string>>, seed: number): Mortals => {
  let living: ChildProcess | undefined;
  let killed = 0;

  const born = async (): Promise<void> => {
    const child = spawn(process.execPath, [main], {
      env: {
        ...{
          PATH: process.env.PATH,
          NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
          LOG_LEVEL: 'info',
          HTTP_PORT: '0',
          HTTP_HOST: '127.0.0.1',
          RETRY_DELAYS: '50ms,100ms,200ms,400ms,800ms',
        },
        ...{ BATCH_SIZE: '7', ORDERBUS_KEYS: ringText, ...urls },
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    living = child;
    // It goes on being read: a process whose words nobody takes would stand still.
    await new Promise<void>((resolve) => {
      let said = '';
      child.stdout?.on('data', (chunk) => {
        said += chunk;
        if (said.includes('started')) resolve();
      });
    });
  };

  const kill = async (): Promise<void> => {
    const dying = living;
    living = undefined;
    if (dying === undefined || dying.exitCode !== null) return;
    const gone = once(dying, 'exit');
    dying.kill('SIGKILL');
    await gone;
  };

  return {
    born,
    dieSoon: async () => {
      const momentMs = (seed * (killed + 1) * 7919) % 120;
      await new Promise((resolve) => setTimeout(resolve, momentMs));
      await kill();
      killed++;
      await born();
    },
    killed: () => killed,
    end: kill,
  };
};
