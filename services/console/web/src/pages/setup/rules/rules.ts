import { queryOptions } from '@tanstack/react-query';
import type { paths } from '../../../api/generated/notification.d.ts';
import { done, notification } from '../../../api/services.ts';
import type { AlertKind } from '../alerts/kinds.ts';
import type { OnceKey } from '../parts/useOnce.ts';

/** The rules of a store, or for all stores, and which version of them it is: whoever writes them back says what he has read. */
export const rulesQuery = (tenant: string | undefined) =>
  queryOptions({
    queryKey: ['notification', '/rules', tenant],
    queryFn: async ({ signal }) => {
      const { data, response } =
        tenant === undefined
          ? await notification.GET('/rules', { signal })
          : await notification.GET('/rules/{tenant}', { params: { path: { tenant } }, signal });
      return { ...(data as NonNullable<typeof data>), etag: response.headers.get('etag') ?? '' };
    },
    meta: { live: false },
  });

export type RuleSet = Awaited<ReturnType<Extract<NonNullable<ReturnType<typeof rulesQuery>['queryFn']>, (context: never) => unknown>>>;
export type Rule = RuleSet['rules'][number];

type Put = paths['/rules']['put']['requestBody']['content']['application/json'];
export type RuleInput = NonNullable<Put['rules']>[number];

/** Replaces them all; `null`: those that apply without. @throws Problem 412 when somebody else was faster. */
export const saveRules = (tenant: string | undefined, etag: string, rules: RuleInput[] | null): Promise<unknown> => {
  const headers = { 'if-match': etag };
  return tenant === undefined
    ? done(notification.PUT('/rules', { body: { rules }, headers }))
    : done(notification.PUT('/rules/{tenant}', { params: { path: { tenant } }, body: { rules }, headers }));
};

export const testRule = (tenant: string | undefined, ruleId: string, header: OnceKey) => {
  return tenant === undefined
    ? done(notification.POST('/rules/tests', { params: { header }, body: { ruleId } }))
    : done(notification.POST('/rules/{tenant}/tests', { params: { header, path: { tenant } }, body: { ruleId } }));
};

export const kindsOf = ({ kinds }: Pick<Rule, 'kinds'>): readonly AlertKind[] | undefined => (kinds === 'all' ? undefined : kinds);
