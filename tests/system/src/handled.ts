import { residents } from '@orderbus/setup';
import { type Finding, finding } from './finding.ts';
import { authorized } from './http.ts';
import type { Installation, ServiceName } from './installation.ts';
import { query } from './sql.ts';

/** With these a message has had its effect, or needed none. */
const ended = /outcome="(done|ignored|already-done)"/;

/**
 * No service has handled more messages than its inbox knows. States and versions absorb most of what is done twice, so that nothing shows; that
 * it was done shows here. Of services that have a process to themselves: only those say since when they count.
 */
export const judgeHandling = async ({ databaseUrl, urlOf }: Installation): Promise<Finding[]> => {
  const findings = residents.map(async ({ name, schema, subscriptions }): Promise<Finding[]> => {
    if (subscriptions.length === 0) return [];
    const url = `${urlOf(name as ServiceName)}/metrics`;
    const answer = await fetch(url, { headers: authorized(url), signal: AbortSignal.timeout(10_000) });
    const lines = (await answer.text()).split('\n');
    const numberIn = (line: string): number => Number(line.slice(line.lastIndexOf(' ') + 1));
    const since = lines.find((line) => line.startsWith('process_start_time_seconds'));
    if (since === undefined) return [];
    const handled = lines
      .filter((line) => line.startsWith('handler_duration_seconds_count') && ended.test(line))
      .reduce((sum, line) => sum + numberIn(line), 0);
    const [known] = await query<{ n: number }>(
      databaseUrl,
      `select count(*)::int as n from ${schema}.inbox where received_at >= to_timestamp($1)`,
      // Seconds are told without their fractions.
      [numberIn(since) - 1],
    );
    const twice = handled - (known?.n ?? 0);
    return twice > 0 ? [finding('I4', 'duplicated', `${name} has handled ${twice} messages that it had handled before`)] : [];
  });
  return (await Promise.all(findings)).flat();
};
