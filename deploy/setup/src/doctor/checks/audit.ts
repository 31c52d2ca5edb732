import { check } from '../check.ts';
import { type Finding, right, wrong } from '../finding.ts';
import { reasonOf } from '../reason.ts';
import { readable } from '../visit.ts';

interface Facts {
  readonly service: string;
  /** Where its chain stands. */
  readonly head?: { readonly seq: number } | undefined;
  readonly reason?: string;
}

export const judgeAudit = (services: readonly Facts[]): Finding[] =>
  services.map(({ service, head, reason }) => {
    if (reason !== undefined || head === undefined)
      return wrong(
        service,
        `its audit log cannot be read: ${reason ?? 'it has no head'}`,
        'Run setup. If it was there before: docs/runbooks/audit-broken.md',
      );
    return right(service, 'its audit log can be read');
  });

const look = (visit: Parameters<typeof readable>[0]): Promise<Facts[]> =>
  Promise.all(
    readable(visit).map(async ({ patient: { resident }, database }) => {
      try {
        const [head] = await database.query<{ seq: number }>('select seq::int as seq from audit_head');
        return { service: resident.name, head };
      } catch (error) {
        return { service: resident.name, reason: reasonOf(error) };
      }
    }),
  );

export const audit = check('audit logs', look, judgeAudit);
