import type { SealedColumn } from '@orderbus/service-kit';
import { sealedAddresses } from './hook-address.ts';
import { sealedColumns as sealedTargets } from './webhooks/store/sealed-columns.ts';

/** Everything that this service keeps sealed, and for what each row is sealed. */
export const sealedColumns: readonly SealedColumn[] = [...sealedTargets, sealedAddresses];
