import { execFile } from 'node:child_process';

export type Severity = 'info' | 'low' | 'moderate' | 'high' | 'critical';

export interface Advisory {
  /** As the last part of its address names it: `GHSA-…`. */
  readonly id: string;
  readonly package: string;
  readonly severity: Severity;
  readonly title: string;
  readonly url: string;
}

/** What the registry knows of the locked packages, or why nobody answered. */
export type Answer = { readonly advisories: readonly Advisory[] } | { readonly silence: string };

interface Report {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Record<string, { readonly via: readonly (string | Via)[] }>;
  readonly statusCode?: number;
  readonly message?: string;
}
type Via = Omit<Advisory, 'id' | 'package'> & { readonly name: string };

/** Whoever has told npm to be offline, or not to audit, would be told that there is nothing: npm is made to ask, once. */
const asked = ['audit', '--json', '--audit', '--no-offline', '--fetch-retries=0', '--fetch-timeout=30000'];

/** Runs `npm audit` on the lock file in this folder. */
export const npmAudit = (folder: string, environment: NodeJS.ProcessEnv = process.env): Promise<Answer> =>
  new Promise((resolve) => {
    execFile('npm', asked, { cwd: folder, env: environment, maxBuffer: 64 * 1024 * 1024 }, (error, said) => resolve(read(said, error)));
  });

const read = (said: string, error: Error | null): Answer => {
  const report = parsed(said);
  if (report?.auditReportVersion === undefined) return { silence: why(report) ?? error?.message ?? 'npm said nothing' };
  const found = Object.values(report.vulnerabilities ?? {}).flatMap(({ via }) => via.filter((one) => typeof one !== 'string'));
  const advisories = found.map(({ name, severity, title, url }) => ({
    id: url.split('/').at(-1) ?? url,
    package: name,
    severity,
    title,
    url,
  }));
  return { advisories: [...new Map(advisories.map((advisory) => [advisory.id, advisory])).values()] };
};

const parsed = (said: string): Report | undefined => {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
};

const why = (report: Report | undefined): string | undefined =>
  report?.statusCode ? `status ${report.statusCode}` : report?.message?.split('reason: ').at(-1);
