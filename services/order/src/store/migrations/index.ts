import { AccessesIntoAudit1764400000300 } from './accesses-into-audit.ts';
import { Billed1764400000100 } from './billed.ts';
import { BuyerVault1730000000001 } from './buyer-vault.ts';
import { Customers1764400000000 } from './customers.ts';
import { Finding1764100000000 } from './finding.ts';
import { ImportRules1764300000000 } from './import-rules.ts';
import { Lifecycle1764000000000 } from './lifecycle.ts';
import { Orders1730000000000 } from './orders.ts';
import { SearchParcels1764400000200 } from './search-parcels.ts';
import { Vault1764200000000 } from './vault.ts';

/** In the order of their names, which is the order in which they run. */
export const migrations = [
  Orders1730000000000,
  BuyerVault1730000000001,
  Lifecycle1764000000000,
  Finding1764100000000,
  Vault1764200000000,
  ImportRules1764300000000,
  Customers1764400000000,
  Billed1764400000100,
  SearchParcels1764400000200,
  AccessesIntoAudit1764400000300,
];
