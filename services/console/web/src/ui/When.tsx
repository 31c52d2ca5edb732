import { useTranslation } from 'react-i18next';
import { ago, cityOf, moment } from './format.ts';
import { useNow } from './now.ts';
import { Tip } from './Tip.tsx';

export interface WhenProps {
  readonly at: string | undefined;
  /** Of the marketplace: shown beside the reader's. */
  readonly zone?: string | undefined;
  /** `exact` where the moment itself matters. Default: how long ago, with the moment on hover and focus. */
  readonly as?: 'relative' | 'exact';
}

/** A moment: how far away, and exactly when, for the reader and for the marketplace. */
export const When = ({ at, zone, as = 'relative' }: WhenProps) => {
  const { t } = useTranslation();
  useNow();
  if (at === undefined) return <span>{t('when.never')}</span>;
  const lines = [t('when.yours', { at: moment(at) }), ...(zone ? [t('when.there', { at: moment(at, zone), zone: cityOf(zone) })] : [])];
  return (
    <Tip label={lines.join(' · ')}>
      <time dateTime={at}>{as === 'exact' ? moment(at) : ago(at)}</time>
    </Tip>
  );
};
