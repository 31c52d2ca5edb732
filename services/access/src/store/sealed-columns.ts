import type { SealedColumn } from '@orderbus/service-kit';
import { totpContextOf } from '../secrets/totp.ts';
import { signingKeyContextOf } from './signing-keys.ts';

/** Everything that this service keeps sealed, and for what each row is sealed. */
export const sealedColumns: readonly SealedColumn[] = [
  { table: 'signing_key', idType: 'text', column: 'sealed', contextOf: signingKeyContextOf },
  { table: 'person', idType: 'uuid', column: 'totp', contextOf: totpContextOf },
  { table: 'person', idType: 'uuid', column: 'totp_offered', contextOf: totpContextOf },
];
