import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useLiveState } from '../api/live.ts';
import { storesQuery, useScope } from '../api/stores.ts';
import { ago } from '../ui/format.ts';
import { useNow } from '../ui/now.ts';
import { Status, type Tone } from '../ui/Status.tsx';
import classes from './Frame.module.css';
import { freshnessOf } from './freshness.ts';

/** Is Amazon in step? Amber when the last pass is late, red with the store that stands. Leads to Sync. */
export const Freshness = () => {
  const { t } = useTranslation();
  const scope = useScope();
  const { data, isError } = useQuery({ ...storesQuery, refetchInterval: 5_000 });
  const live = useLiveState();
  const now = useNow();
  const [tone, text] = ((): readonly [Tone, string] => {
    if (live === 'away') return ['attention', t('fresh.away')];
    if (data === undefined) return [isError ? 'attention' : 'quiet', isError ? t('fresh.unknown') : ''];
    const { state, at, store } = freshnessOf(
      data.items.filter(({ id }) => scope === undefined || id === scope),
      now,
    );
    switch (state) {
      case 'none':
        return ['quiet', t('fresh.noStore')];
      case 'standing':
        return ['stopped', t('fresh.standing', { store })];
      case 'never':
        return ['waiting', t('fresh.never')];
      case 'late':
        return ['attention', t('fresh.late', { ago: ago(at ?? '') })];
      case 'in-step':
        return ['ok', t('fresh.inStep', { ago: ago(at ?? '') })];
    }
  })();
  return (
    <Link to="/sync" className={classes.fresh} aria-live="off" data-tour="freshness">
      <Status tone={tone}>{text}</Status>
    </Link>
  );
};
