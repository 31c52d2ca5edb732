import type { Subscription } from '@orderbus/outbox';
import type { Part, Route, ServiceKit } from '@orderbus/service-kit';
import type { OrderConfig } from './config.ts';
import { buyerSubscriptions } from './handlers/buyers.ts';
import { buyerChangeRoutes } from './http/buyer-changes.ts';
import { reportRoutes } from './http/buyer-report.ts';
import { buyerRoutes } from './http/buyers.ts';
import { purgeBuyers } from './jobs/purge-buyers.ts';
import { measurePurge } from './metrics/purge.ts';
import { nameIndex } from './store/buyer-names.ts';
import { buyerVault } from './store/buyer-vault.ts';
import { correctedAddresses } from './store/corrected-addresses.ts';
import { openVault, type Vault } from './vault/vault.ts';

/** All that has to do with buyers' data, from its arrival to its end. Nothing else in this service opens it. */
export interface Buyers {
  readonly subscriptions: readonly Subscription[];
  vault(kit: Pick<ServiceKit, 'database' | 'audit'>): Vault;
  routes(kit: ServiceKit): readonly Route[];
  jobs(kit: ServiceKit): readonly Part[];
}

type BuyersConfig = Pick<OrderConfig, 'ORDERBUS_KEYS' | 'VAULT_KEPT' | 'VAULT_TRANSIT' | 'VAULT_LONGEST' | 'VAULT_PURGE_EVERY'>;

export const buyersOf = (config: BuyersConfig): Buyers => {
  const ring = config.ORDERBUS_KEYS;
  const rules = { keptMs: config.VAULT_KEPT, transitMs: config.VAULT_TRANSIT, longestMs: config.VAULT_LONGEST };
  const names = nameIndex(ring);
  const target = correctedAddresses(buyerVault(ring, names));
  const vault: Buyers['vault'] = ({ database, audit }) => openVault({ database, audit, ring, names, rules });
  return {
    subscriptions: buyerSubscriptions(target),
    vault,
    routes: (kit) => [
      ...buyerRoutes({ database: kit.database, vault: vault(kit) }),
      ...buyerChangeRoutes({ kit, vault: target }),
      ...reportRoutes(kit.database, rules, kit.clock),
    ],
    jobs: (kit) => {
      const turns = { rules, everyMs: config.VAULT_PURGE_EVERY };
      measurePurge(kit, turns);
      return [purgeBuyers(kit, { vault: target, ...turns })];
    },
  };
};
