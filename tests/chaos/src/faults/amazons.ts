import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '@orderbus/testkit';
import { ask, told } from '@orderbus/tests-system/http';
import type { Fault, Scene } from '../fault.ts';
import type { AmazonFault } from '../servers/sandbox.ts';

interface Circumstances {
  readonly forMs?: number;
  /** So many orders at once: a list of several pages. */
  readonly sells?: number;
}

/** Amazon does these for a while, and each of them was met. */
const ill = async ({ stage, traffic }: Scene, wishes: readonly object[], { forMs = 4_000, sells = 0 }: Circumstances): Promise<number> => {
  const faults: AmazonFault[] = [];
  try {
    for (const wish of wishes) faults.push(await stage.amazon.begin(wish));
    if (sells > 0) await traffic.sell(sells);
    await Promise.all([sleep(forMs), eventually(async () => void (await hitsOf(faults)), { withinMs: 45_000, everyMs: 250 })]);
    return await hitsOf(faults);
  } finally {
    for (const fault of faults) await fault.end();
  }
};

/** @throws unless each has struck */
const hitsOf = async (faults: readonly AmazonFault[]): Promise<number> => {
  let sum = 0;
  for (const [n, fault] of faults.entries()) {
    const hits = await fault.hits();
    if (hits === 0) throw new Error(`Amazon's fault ${n + 1} of ${faults.length} has not struck`);
    sum += hits;
  }
  return sum;
};

/** Stores pause after a failure: a person says that they should go on, as somebody does who has heard that Amazon is well again. */
const goOn = async ({ stage }: Scene): Promise<void> => {
  const url = stage.installation.urlOf('amazon-gateway');
  const { items } = await told('GET', `${url}/stores`);
  for (const { id } of items) await ask('POST', `${url}/stores/${id}/sync`);
};

const shownBy = "Amazon's sandbox counts how often it has struck";

const illness = (name: string, what: string, wishes: readonly object[], rest: Partial<Fault> & Circumstances = {}): Fault => {
  const { forMs, sells, ...more } = rest;
  return {
    ...{ name: `amazon-${name}`, what, shownBy },
    ...more,
    play: async (scene) => {
      const hits = await ill(scene, wishes, { ...(forMs && { forMs }), ...(sells && { sells }) });
      await goOn(scene);
      return { times: wishes.length, seen: `${hits} requests met it` };
    },
  };
};

/** Amazon does what it is asked to, and we do not hear of it: a parcel that is told of while that is so. */
const unheard = (name: string, what: string, kind: string, short = false): Fault => ({
  name: `amazon-${name}`,
  what,
  shownBy: "Amazon's sandbox has struck; the write was read back, and is in its ledger once",
  short,
  play: async ({ stage, traffic }) => {
    const orders = await Promise.all([traffic.sellOurs(), traffic.sellOurs()]);
    const fault = await stage.amazon.begin({ kind, operations: ['confirmShipment'], times: 2 });
    for (const order of orders) await traffic.ship(order);
    await eventually(
      async () => {
        if ((await fault.hits()) === 0) throw new Error('both parcels were answered for');
      },
      { withinMs: 60_000, everyMs: 250 },
    );
    const hits = await fault.hits();
    await fault.end();
    return { times: hits, seen: `${hits} parcels were made of which nobody told us` };
  },
});

const reads = ['searchOrders'];

export const amazons: readonly Fault[] = [
  illness(
    'throttles',
    'Amazon refuses everything for lack of quota (429)',
    [
      { kind: 'error', status: 429, operations: reads, probability: 0.8 },
      { kind: 'error', status: 429, operations: ['confirmShipment'], times: 2 },
    ],
    { forMs: 6_000, patience: { seconds: 150, why: 'a store that was refused waits for its quota: a minute for a list of orders' } },
  ),
  illness(
    'errors',
    'Amazon answers with 500 and 503, half a JSON, half an answer, or a reset connection',
    [
      { kind: 'error', status: 500, operations: reads, probability: 0.2 },
      { kind: 'error', status: 503, operations: reads, probability: 0.2 },
      { kind: 'malformed', operations: reads, probability: 0.2 },
      { kind: 'reset', operations: reads, probability: 0.2 },
      { kind: 'truncated', operations: reads, probability: 0.2 },
    ],
    { forMs: 6_000, short: true, patience: { seconds: 120, why: 'a circuit that has opened tries again after a pause' } },
  ),
  illness('hangs', 'Amazon does not answer at all', [{ kind: 'hang', operations: reads, times: 2 }], {
    forMs: 2_000,
    patience: { seconds: 150, why: 'each call is left its deadline' },
  }),
  illness(
    'pages',
    'Amazon lists orders twice, in any order, with page tokens that it refuses or that lead in a circle',
    [{ kind: 'duplicates-across-pages' }, { kind: 'shuffled' }],
    { forMs: 3_000, sells: 400 },
  ),
  {
    name: 'amazon-page-token',
    what: 'Amazon refuses a page token in the middle of a list of some hundred orders, and sends us in a circle after that',
    shownBy,
    play: async (scene) => {
      const { stage, traffic } = scene;
      const faults = [
        await stage.amazon.begin({ kind: 'token-refused', times: 2 }),
        await stage.amazon.begin({ kind: 'token-loop', times: 1 }),
      ];
      await traffic.sell(400);
      await eventually(() => hitsOf(faults), { withinMs: 60_000, everyMs: 250 });
      for (const fault of faults) await fault.end();
      await goOn(scene);
      return { times: 3, seen: `${await hitsOf(faults)} requests met it` };
    },
  },
  {
    name: 'amazon-token-expires',
    what: "Amazon's access tokens expire while orders are read, and the next ones are refused with 500 for a while",
    shownBy: "Amazon's sandbox counts the tokens that it did not give",
    play: async (scene) => {
      const { stage } = scene;
      const fault = await stage.amazon.begin({ kind: 'error', status: 500, operations: ['token'], times: 3 });
      await stage.amazon.pass(70);
      await eventually(
        async () => {
          if ((await fault.hits()) === 0) throw new Error('nobody has asked for a token');
        },
        { withinMs: 60_000, everyMs: 250 },
      );
      await fault.end();
      await goOn(scene);
      return { times: 1, seen: `${await fault.hits()} tokens were not given` };
    },
  },
  {
    name: 'amazon-seller-revokes',
    what: 'A seller takes his consent back, and gives it again; the others go on',
    shownBy: 'the store says that Amazon denies access',
    play: async (scene) => {
      const { stage } = scene;
      const { sellers } = await told('GET', `${stage.amazon.url}/sandbox/sellers`);
      const path = `${stage.amazon.url}/sandbox/authorizations/${sellers[1].sellerId}`;
      const gateway = stage.installation.urlOf('amazon-gateway');
      await told('PUT', path, { revoked: true });
      try {
        await eventually(
          async () => {
            const { items } = await told('GET', `${gateway}/stores`);
            if (!JSON.stringify(items).match(/denied|refused/i)) throw new Error('no store has noticed');
          },
          { withinMs: 60_000, everyMs: 250 },
        );
      } finally {
        await told('PUT', path, { revoked: false });
      }
      await goOn(scene);
      return { times: 1, seen: 'one store was denied access' };
    },
  },
  unheard('answer-lost', 'Amazon does what it is told, and the connection is reset before it says so', 'reset-after-effect', true),
  unheard('answer-wrong', 'Amazon does what it is told, and answers with 500', 'error-after-effect'),
];
