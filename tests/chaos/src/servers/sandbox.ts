import { buildSandbox } from '@orderbus/amazon-sandbox';
import { amazonClock } from '@orderbus/tests-system/amazon-clock';
import { told } from '@orderbus/tests-system/http';

/** Amazon. It never fails by itself. */
export interface Amazon {
  readonly url: string;
  /** What time it is there. */
  now(): Date;
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

/**
 * Its clock begins long ago: however often it is put forward, no order is of tomorrow, and can be shipped today. The same seed sells the same
 * orders, as far as it is asked for the same.
 */
export const startAmazon = async (seed: number): Promise<Amazon> => {
  const clock = amazonClock();
  const sandbox = buildSandbox({
    ...{ port: 0, seed, ordersPerMinute: 0, initialOrders: 0, limits: 'off', visibilityLagMs: 0, financesDelayMs: 0, clock },
    feedDelayMs: { queueMs: 0, processingMs: 0 },
  });
  await sandbox.start();
  const { url } = sandbox;

  return {
    url,
    now: clock.now,
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
    pass: async (minutes) => {
      clock.pass(minutes);
      sandbox.world.advance();
    },
    stop: () => sandbox.stop(),
  };
};
