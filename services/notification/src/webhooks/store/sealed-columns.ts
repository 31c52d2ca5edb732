import type { SealedColumn } from '@orderbus/service-kit';
import { sealingContext } from '../sealed-target.ts';

/** What is kept sealed of webhooks, and for what. */
export const sealedColumns: readonly SealedColumn[] = [{ table: 'webhook', idType: 'uuid', column: 'sealed', contextOf: sealingContext }];
