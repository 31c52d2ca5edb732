import { useTranslation } from 'react-i18next';
import { number } from '../../ui/format.ts';
import type { NeedKind, Overview } from './answers.ts';
import classes from './KindChips.module.css';
import { needKinds } from './need-kinds.ts';

export interface KindChipsProps {
  readonly counts: Overview['needs'];
  readonly total: number | undefined;
  readonly chosen: NeedKind | undefined;
  readonly onChoose: (kind: NeedKind | undefined) => void;
}

/** What the list is limited to: each kind of which something is open, and how much. */
export const KindChips = ({ counts, total, chosen, onChoose }: KindChipsProps) => {
  const { t } = useTranslation('needs');
  const openOf = (kind: NeedKind): number => counts.find((one) => one.kind === kind)?.open ?? 0;
  const shown = needKinds.filter((kind) => openOf(kind) > 0 || kind === chosen);
  const chip = (kind: NeedKind | undefined, label: string, open: number | undefined) => (
    <button
      key={kind ?? ''}
      type="button"
      className={classes.chip}
      aria-pressed={kind === chosen}
      onClick={() => onChoose(kind === chosen ? undefined : kind)}
    >
      {label} <span className={classes.count}>{open === undefined ? '' : number(open)}</span>
    </button>
  );
  return (
    <fieldset className={classes.chips}>
      <legend className="visually-hidden">{t('filter')}</legend>
      {chip(undefined, t('all'), total)}
      {shown.map((kind) => chip(kind, t(`kind.${kind}`), openOf(kind)))}
    </fieldset>
  );
};
