import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What promtool says in a folder. @throws where it is not installed */
export const promtool = async (cwd: string, ...args: string[]): Promise<{ readonly ok: boolean; readonly words: string }> => {
  try {
    const { stdout, stderr } = await run('promtool', args, { cwd, maxBuffer: 1e8 });
    return { ok: true, words: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout: string; stderr: string };
    if (code === 'ENOENT') throw error;
    return { ok: false, words: stdout + stderr };
  }
};

/** Does what needs promtool. Where there is none it says so; with `REQUIRE_PROMTOOL` that is a failure, as is what `check` answers with. */
export const withPromtool = async (check: () => Promise<string | undefined>): Promise<void> => {
  try {
    const failure = await check();
    if (failure !== undefined) fail(failure);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ENOENT') throw error;
    const missing =
      'promtool is not installed: the alerts of deploy/prometheus are not checked here. It is part of the Debian package prometheus.';
    if (process.env.REQUIRE_PROMTOOL) fail(missing);
    else process.stdout.write(`${missing}\n`);
  }
};

const fail = (text: string): void => {
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
};
