import { useTranslation } from 'react-i18next';
import { cityOf, isElsewhere, moment } from '../../ui/format.ts';

/** A moment in both times: the reader's, and the marketplace's. */
export const Both = ({ at, zone }: { readonly at: string; readonly zone: string | undefined }) => {
  const { t } = useTranslation('common');
  return (
    <time dateTime={at}>
      {moment(at)}
      {zone && isElsewhere(zone, at) && (
        <span style={{ color: 'var(--soft)' }}>{` · ${t('when.there', { at: moment(at, zone), zone: cityOf(zone) })}`}</span>
      )}
    </time>
  );
};
