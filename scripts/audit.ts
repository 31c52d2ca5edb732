/** No package with a known weakness of high or critical severity, as far as a registry answers. */
import { fileURLToPath } from 'node:url';
import { npmAudit } from './dependencies/npm-audit.ts';
import { exceptions } from './dependencies/policy.ts';
import { judge } from './dependencies/verdict.ts';

const { passes, lines } = judge(
  await npmAudit(fileURLToPath(new URL('../', import.meta.url))),
  exceptions,
  new Date().toISOString().slice(0, 10),
);
for (const line of lines) (passes ? console.log : console.error)(line);
process.exitCode = passes ? 0 : 1;
