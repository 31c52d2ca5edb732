/** `npm run keys:rotate:access`: seals everything that access keeps with the first of `ORDERBUS_KEYS`, so that the others can go. */
import { rotateKeys } from '@orderbus/service-kit';
import { schema } from '../app.ts';
import { migrations } from '../store/migrations.ts';
import { sealedColumns } from '../store/sealed-columns.ts';

await rotateKeys({ schema, migrations }, sealedColumns, process.env);
