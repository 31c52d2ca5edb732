import { version as ours } from '@orderbus/service-kit';
import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';
import { reasonOf } from '../reason.ts';

interface Facts {
  readonly service: string;
  readonly url: string;
  readonly status?: number;
  /** Why it is not ready, in its own words. */
  readonly detail?: string;
  readonly version?: string;
  readonly reason?: string;
}

export const judgeServices = (services: readonly Facts[], expected: string = ours): Finding[] =>
  services.map(({ service, url, status, detail, version, reason }) => {
    if (reason !== undefined)
      return wrong(service, `does not answer at ${url}: ${reason}`, 'Start it, or look at what it last said in its log');
    if (status !== 200) return wrong(service, `is not ready: ${detail ?? status}`, 'Its log says why, with the check that fails');
    if (version !== expected)
      return worrying(
        service,
        `is version ${version ?? 'unknown'}, this is ${expected}`,
        'Finish the upgrade: all services should be of one version',
      );
    return right(service, `is ready, version ${version}`);
  });

export const services = check(
  'services',
  ({ place }) =>
    Promise.all(
      place.patients.flatMap(({ resident, url }) => {
        if (url === undefined) return [];
        return [
          (async (): Promise<Facts> => {
            try {
              const response = await fetch(new URL('/ready', url), { signal: AbortSignal.timeout(5_000) });
              const { version, detail } = (await response.json()) as { version?: string; detail?: string };
              return { service: resident.name, url, status: response.status, ...(version && { version }), ...(detail && { detail }) };
            } catch (error) {
              const { cause } = error as { cause?: unknown };
              return { service: resident.name, url, reason: reasonOf(cause ?? error) };
            }
          })(),
        ];
      }),
    ),
  (facts) => judgeServices(facts),
);
