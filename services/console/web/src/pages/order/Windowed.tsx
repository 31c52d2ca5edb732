import { useTranslation } from 'react-i18next';
import { cityOf, isElsewhere, moment } from '../../ui/format.ts';

export interface WindowedProps {
  readonly window: { readonly from?: string; readonly to?: string } | undefined;
  /** Of the marketplace: its deadlines are meant in it. */
  readonly zone: string | undefined;
}

/** From when to when: as the marketplace means it, and what that is for the reader. */
export const Windowed = ({ window, zone }: WindowedProps) => {
  const { t } = useTranslation(['order', 'common']);
  const { from, to } = window ?? {};
  const inZone = (zoneOf?: string): string | undefined => {
    const [first, last] = [from, to].map((at) => (at === undefined ? undefined : moment(at, zoneOf)));
    if (first === undefined) return last && t('order:window.until', { to: last });
    return last === undefined ? t('order:window.from', { from: first }) : t('order:window.between', { from: first, to: last });
  };
  if (from === undefined && to === undefined) return null;
  return (
    <>
      <div>
        {inZone(zone)} {zone && `(${cityOf(zone)})`}
      </div>
      {zone && isElsewhere(zone, to ?? from ?? '') && (
        <div style={{ color: 'var(--soft)' }}>{t('common:when.yours', { at: inZone() })}</div>
      )}
    </>
  );
};
