import { AppError } from '@orderbus/kernel';
import { every, type Part, type ServiceKit } from '@orderbus/service-kit';
import pLimit from 'p-limit';
import { type AmazonGatewayConfig, storesOf } from './config.ts';
import { type ConnectedStore, type Connection, connector, type StoreTools } from './connection.ts';
import { bringInStores } from './environment-stores.ts';
import { type KeptStore, storeStates, storesIn } from './store/store.ts';

export type { ConnectedStore } from './connection.ts';

/** The stores of this installation. They come, change and go while it runs, also by the hand of another replica. */
export interface Stores extends Required<Part> {
  /** Paused ones, too. */
  all(): readonly ConnectedStore[];
  active(): readonly ConnectedStore[];
  get(storeId: string): ConnectedStore | undefined;
  /** Also one that another replica has made a moment ago. @throws AppError `store.unknown` */
  find(storeId: string): Promise<ConnectedStore>;
  /** It was made, changed or deleted here: that counts at once. */
  changed(storeId: string): Promise<void>;
}

/** How soon a change that another replica has made is noticed. */
const lookAgainMs = 2_000;

export const connectStores = (config: AmazonGatewayConfig, kit: ServiceKit, tools: StoreTools): Stores => {
  const { database, log } = kit;
  const connect = connector(config, kit, tools);
  const connected = new Map<string, Connection>();
  // Asked for several times a second by everything that works through the stores.
  let all: readonly Connection[] = [];
  let active: readonly Connection[] = [];
  // What was read first is taken first: an older picture never replaces a newer one.
  const inTurn = pLimit(1);

  const relist = (): void => {
    all = [...connected.values()];
    active = all.filter(({ store }) => store.status === 'active');
  };
  const take = async (kept: readonly KeptStore[], gone: readonly string[]): Promise<void> => {
    for (const row of kept) {
      const known = connected.get(row.id);
      if (known) await known.update(row);
      else connected.set(row.id, connect(row));
    }
    for (const id of gone) {
      const known = connected.get(id);
      connected.delete(id);
      await known?.stop();
    }
    if (kept.length > 0 || gone.length > 0) relist();
  };
  const lookAtAll = async (): Promise<void> => {
    const states = new Map((await storeStates(database)).map(({ id, state }) => [id, state]));
    const differing = [...states].filter(([id, state]) => connected.get(id)?.state !== state).map(([id]) => id);
    const gone = [...connected.keys()].filter((id) => !states.has(id));
    await take(differing.length > 0 ? await storesIn(database, differing) : [], gone);
  };
  const lookAt = async (storeId: string): Promise<void> => {
    const kept = await storesIn(database, [storeId]);
    await take(kept, kept.length === 0 ? [storeId] : []);
  };
  const lookAgain = () => inTurn(lookAtAll);
  const changed = (storeId: string) => inTurn(lookAt, storeId);
  const loop = every(lookAgainMs, lookAgain, { name: 'stores', log });

  return {
    name: 'stores',
    all: () => all,
    active: () => active,
    get: (storeId) => connected.get(storeId),
    find: async (storeId) => {
      if (!connected.has(storeId)) await changed(storeId);
      const found = connected.get(storeId);
      if (!found) throw new AppError('not-found', 'store.unknown', { storeId });
      return found;
    },
    changed,
    start: async () => {
      await bringInStores(kit, { settings: storesOf(config), startFrom: config.AMAZON_START_FROM, sealer: config.ORDERBUS_KEYS });
      await lookAgain();
      await loop.start();
    },
    stop: async () => {
      await loop.stop();
      await Promise.all(all.map((one) => one.stop()));
      connected.clear();
      relist();
    },
  };
};
