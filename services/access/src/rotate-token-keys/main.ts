/** `npm run keys:rotate:tokens`: makes the next key that tokens are signed with. It is shown at once, and signs when everybody knows it. */
import { systemClock } from '@orderbus/kernel';
import { openDatabase } from '@orderbus/outbox';
import { keySettings, loadConfig, serviceSettings } from '@orderbus/service-kit';
import { z } from 'zod';
import { schema } from '../app.ts';
import { migrations } from '../store/migrations.ts';
import { rotateSigningKeys } from '../store/signing-keys.ts';

const config = loadConfig(z.object({ DATABASE_URL: serviceSettings.DATABASE_URL, ...keySettings }), process.env);
const database = openDatabase({ url: config.DATABASE_URL, schema, entities: [], migrations });
await database.start();
const made = await rotateSigningKeys(database, config.ORDERBUS_KEYS, systemClock.now(), 0);
await database.stop();
process.stdout.write(made ? `The key ${made.id} signs from ${made.signsFrom}.\n` : 'The next key is waiting for its time already.\n');
