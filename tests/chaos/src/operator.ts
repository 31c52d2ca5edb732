import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Stage } from './stage.ts';

const run = promisify(execFile);
const command = fileURLToPath(new URL('../../../deploy/setup/src/replay/main.ts', import.meta.url));

/** `npm run replay`, as an operator does it. Answers with how many events it has delivered or, with `--dry`, would deliver. */
export const replayEvents = async ({ installation, brokerUrl }: Stage, ...words: readonly string[]): Promise<number> => {
  const { PATH, NODE_COMPILE_CACHE } = process.env;
  const env = { PATH, NODE_COMPILE_CACHE, ADMIN_DATABASE_URL: installation.databaseUrl, BROKER_URL: brokerUrl };
  const said = await run(process.execPath, [command, '--since', '1d', ...words], { env }).then(
    ({ stdout }) => stdout,
    // Exit code 1: there is something to deliver.
    ({ code, stdout, stderr }) => {
      if (code !== 1) throw new Error(`replay ended with ${code}: ${stdout}${stderr}`);
      return stdout as string;
    },
  );
  return Number(/(\d+) events were/.exec(said)?.[1]);
};
