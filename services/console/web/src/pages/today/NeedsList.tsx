import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../ui/shortcuts.ts';
import type { Need } from './answers.ts';
import { NeedLine } from './NeedLine.tsx';
import classes from './NeedsList.module.css';
import { useShownNeeds } from './useShownNeeds.ts';

/** What needs a person, the latest first. j and k go through it, Enter does what the button says. */
export const NeedsList = ({ needs }: { readonly needs: readonly Need[] }) => {
  const { t } = useTranslation('needs');
  const list = useRef<HTMLUListElement>(null);
  const { shown, hold } = useShownNeeds(needs);
  useShortcuts({
    j: () => step(list.current, 1),
    k: () => step(list.current, -1),
    Enter: mend,
  });
  const settled = shown.filter((one) => one.settled).length;
  return (
    <>
      <ul ref={list} className={classes.needs} aria-label={t('list')} {...hold}>
        {shown.map((one) => (
          <NeedLine key={one.item.id} shown={one} />
        ))}
      </ul>
      <span className="visually-hidden" role="status">
        {settled > 0 && t('settledNow', { count: settled })}
      </span>
    </>
  );
};

const step = (list: HTMLElement | null, by: 1 | -1): void => {
  const lines = [...(list?.querySelectorAll<HTMLElement>('[data-need]:not([data-settled])') ?? [])];
  const at = lines.findIndex((line) => line.contains(document.activeElement));
  const next = lines[at === -1 ? (by === 1 ? 0 : lines.length - 1) : at + by];
  next?.focus();
};

/** Enter on the line presses its first button; on what is in the line, it does what it does everywhere. */
const mend = ({ target }: KeyboardEvent): void => {
  if (!(target instanceof HTMLElement)) return;
  const meant =
    target.dataset.need === undefined ? target.closest<HTMLElement>('a, button') : target.querySelector<HTMLElement>('[data-mends]');
  meant?.click();
};
