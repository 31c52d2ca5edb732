/** `npm run keys:rotate:notification`: seals the URLs and secrets of webhooks and the addresses of hooks with the first of `ORDERBUS_KEYS`, so that the others can go. */
import { rotateKeys } from '@orderbus/service-kit';
import { schema } from '../app.ts';
import { sealedAddresses } from '../hook-address.ts';
import { migrations } from '../store/migrations/index.ts';
import { webhookMigrations } from '../webhooks/store/migrations.ts';
import { sealedColumns } from '../webhooks/store/sealed-columns.ts';

await rotateKeys({ schema, migrations: [...migrations, ...webhookMigrations] }, [...sealedColumns, sealedAddresses], process.env);
