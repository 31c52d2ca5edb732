import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { eventually } from '@orderbus/testkit';
import { told } from '@orderbus/tests-system/http';
import { freePorts } from './account.ts';

/** Amazon, in a process of its own. It never fails by itself. */
export interface Amazon {
  readonly url: string;
  /** Something goes wrong from now on. */
  begin(fault: object): Promise<AmazonFault>;
  /** Its clock is put forward: what was going to happen meanwhile has happened. */
  pass(minutes: number): Promise<void>;
  stop(): Promise<void>;
}

export interface AmazonFault {
  /** How often it has struck. */
  hits(): Promise<number>;
  end(): Promise<void>;
}

export const startAmazon = async (seed: number): Promise<Amazon> => {
  const [port = 0] = await freePorts(1);
  const main = fileURLToPath(new URL('../../../../services/amazon-sandbox/src/main.ts', import.meta.url));
  const url = `http://127.0.0.1:${port}`;
  const env = {
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    SANDBOX_PORT: String(port),
    SANDBOX_SEED: String(seed),
    ...{ SANDBOX_ORDERS_PER_MINUTE: '0', SANDBOX_INITIAL_ORDERS: '0', SANDBOX_LIMITS: 'off', SANDBOX_VISIBILITY_LAG_MS: '0' },
    ...{ SANDBOX_FEED_QUEUE_MS: '0', SANDBOX_FEED_PROCESSING_MS: '0', SANDBOX_FINANCES_DELAY_MS: '0' },
  };
  const child: ChildProcess = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  await eventually(() => told('GET', `${url}/health`), { withinMs: 60_000 });

  return {
    url,
    begin: async (fault) => {
      const { id } = await told('POST', `${url}/sandbox/faults`, fault);
      let seen = 0;
      const hits = async (): Promise<number> => {
        const { faults } = await told('GET', `${url}/sandbox/faults`);
        // One that is used up is no longer listed.
        const times = (fault as { times?: number }).times;
        seen = faults.find((one: { id: string }) => one.id === id)?.hits ?? times ?? seen;
        return seen;
      };
      return {
        hits,
        end: async () => {
          await hits();
          await fetch(`${url}/sandbox/faults/${id}`, { method: 'DELETE' });
        },
      };
    },
    pass: async (minutes) => void (await told('POST', `${url}/sandbox/clock`, { advanceMs: minutes * 60_000 })),
    stop: async () => {
      process.off('exit', onExit);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
};
