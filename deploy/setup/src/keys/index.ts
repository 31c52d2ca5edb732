export { type ChangeOptions, changeKeys, dropKeys, restoreKeys } from './change-keys.ts';
export { keyCommands, runKeyCommand } from './command.ts';
export { filePlace, type KeyPlace, setupPlace } from './key-place.ts';
export { queriesAt } from './queries.ts';
export { rings } from './rings.ts';
