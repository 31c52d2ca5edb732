/**
 * `npm run test:alerts`: alters each number of the rules of deploy/prometheus by a tenth, up and down - thresholds, windows, buckets, budgets, and
 * how long something has to last - and fails when the tests of `npm run check:alerts` do not notice. A minute on two cores.
 */
import { fileURLToPath } from 'node:url';
import { withPromtool } from './monitoring/promtool.ts';
import { unnoticed } from './monitoring/unnoticed.ts';

await withPromtool(async () => {
  const { tried, left } = await unnoticed(fileURLToPath(new URL('../deploy/prometheus/', import.meta.url)));
  if (left.length > 0) return `No test notices it when these numbers are altered:\n  ${left.join('\n  ')}`;
  process.stdout.write(`Each of ${tried} altered numbers is noticed.\n`);
  return undefined;
});
