/** Nothing that looks like a secret in a file that is, or could be, committed. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { findSecrets } from './secrets/find.ts';

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
  encoding: 'utf8',
  maxBuffer: 1 << 26,
});
/** The lock file is nothing but hashes. */
const files = listed
  .split('\0')
  .filter((path) => path !== '' && path !== 'package-lock.json' && statSync(path, { throwIfNoEntry: false })?.isFile());

const findings = files.flatMap((path) =>
  findSecrets(path, readFileSync(path, 'utf8')).map(({ line, kind }) => `${path}:${line} looks like ${kind}`),
);
for (const finding of findings) console.error(finding);
if (findings.length > 0)
  console.error(
    'A real one: take it back where it was issued, then out of the history. A made-up one: name it in scripts/secrets/allowed.ts.',
  );
process.exitCode = findings.length > 0 ? 1 : 0;
