import { join } from 'node:path';
import { filePlace, type KeyPlace, queriesAt, rings } from '@orderbus/setup/keys';

/** The data folder of `npm start`: one file of keys, which all services read. */
export const localPlace = (dataFolder: string, adminUrl: string): KeyPlace => ({
  ...filePlace(join(dataFolder, 'keys')),
  name: 'keys',
  holders: rings.flatMap(({ holders }) => holders),
  withQueries: ({ schema }, work) => queriesAt(adminUrl, schema, work),
});
