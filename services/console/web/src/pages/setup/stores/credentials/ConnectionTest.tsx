import { Stack } from '@mantine/core';
import type { UseMutationResult } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMarketplaces } from '../../../../api/marketplaces.ts';
import { Action } from '../../../../ui/Action.tsx';
import { ProblemNote } from '../../../../ui/ProblemNote.tsx';
import { Status } from '../../../../ui/Status.tsx';
import type { Trial } from '../answers.ts';
import classes from './ConnectionTest.module.css';

export interface ConnectionTestProps {
  readonly test: UseMutationResult<Trial, Error, void>;
  /** Why it cannot be tested now. */
  readonly impossible?: string | undefined;
}

/** Tries a connection, and says of each thing that was tried whether it works, and what to do if not. */
export const ConnectionTest = ({ test: { data, error, isPending, mutate }, impossible }: ConnectionTestProps) => {
  const { t } = useTranslation('stores');
  return (
    <Stack gap="xs">
      <Action needs="administer" variant="default" w="fit-content" loading={isPending} impossible={impossible} onClick={() => mutate()}>
        {t(data || error ? 'test.again' : 'test.run')}
      </Action>
      <div role="status">
        {isPending && t('test.running')}
        {data && !isPending && <TrialResult trial={data} />}
      </div>
      {error && !isPending && <ProblemNote error={error} />}
    </Stack>
  );
};

const TrialResult = ({ trial: { ok, checks } }: { readonly trial: Trial }) => {
  const { t } = useTranslation('stores');
  return (
    <Stack gap="xs">
      <ul className={classes.checks}>
        {checks.map((check) => (
          <li key={check.step}>
            <Status tone={check.ok ? 'ok' : 'stopped'}>
              {t(`test.step.${check.step}`)}: {t(check.ok ? 'test.good' : 'test.bad')}
            </Status>
            <Finding check={check} />
          </li>
        ))}
      </ul>
      <p className={classes.verdict} data-ok={ok || undefined}>
        {ok ? <CircleCheck size={18} aria-hidden="true" /> : <TriangleAlert size={18} aria-hidden="true" />}
        {t(ok ? 'test.passed' : 'test.failed')}
      </p>
    </Stack>
  );
};

const Finding = ({ check: { ok, finding, marketplaceId, words } }: { readonly check: Trial['checks'][number] }) => {
  const { t } = useTranslation('stores');
  const marketplaces = useMarketplaces();
  const place = marketplaceId && (marketplaces.get(marketplaceId)?.name ?? marketplaceId);
  return (
    <div>
      {t(`test.finding.${finding}`, { place: place ? ` (${place})` : '' })}
      {!ok && (
        <details className={classes.words}>
          <summary>{t('test.said')}</summary>
          {words}
        </details>
      )}
    </div>
  );
};
