import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { request } from '../../../api/request.ts';
import { sayDone, sayFailed } from '../../../ui/said.tsx';
import { bodyOf } from './fix-body.ts';
import type { Fix } from './reason.ts';

interface Fixing {
  readonly fix: Fix;
  readonly key: string;
  /** What the person has added. */
  readonly added?: Readonly<Record<string, string>>;
}

const applyFix = async ({ fix, key, added }: Fixing): Promise<void> => {
  const body = bodyOf(fix, added);
  await request(`/api/services/${fix.service}${fix.path}`, {
    method: fix.method,
    headers: { 'idempotency-key': key, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};

/** Asks the owner to mend it, and has the page look anew: what mends one thing may show in all services. */
export const useFix = () => {
  const { t } = useTranslation('order');
  const queries = useQueryClient();
  return useMutation({
    mutationFn: applyFix,
    onSuccess: () => {
      sayDone(t('stuck.asked'));
      void queries.invalidateQueries();
    },
    onError: sayFailed,
  });
};
