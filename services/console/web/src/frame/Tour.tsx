import { Button, Group } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Tour.module.css';
import { endTour } from './tour.ts';

const stops = ['today', 'needs', 'orders', 'search', 'freshness'] as const;
type Stop = (typeof stops)[number];

/** A few words on the parts of the frame, one after the other. Everything else can be used meanwhile. */
const Tour = ({ takesFocus }: { readonly takesFocus: boolean }) => {
  const { t } = useTranslation('today');
  const [at, setAt] = useState(0);
  const note = useRef<HTMLElement>(null);
  const stop = stops[at] ?? 'today';
  const isLast = at === stops.length - 1;
  const place = usePlace(stop);
  useEffect(() => {
    if (takesFocus) note.current?.focus();
  }, [takesFocus]);
  return (
    <aside
      ref={note}
      className={classes.note}
      style={place}
      data-anchored={place !== undefined || undefined}
      tabIndex={-1}
      aria-label={t('tour.label')}
      onKeyDown={({ key }) => key === 'Escape' && endTour()}
    >
      <div aria-live="polite">
        <p className={classes.title}>{t(`tour.${stop}.title`)}</p>
        <p className={classes.text}>{t(`tour.${stop}.text`)}</p>
      </div>
      <Group gap={8} wrap="nowrap">
        <span className={classes.step}>{t('tour.step', { step: at + 1, of: stops.length })}</span>
        {!isLast && (
          <Button variant="subtle" color="gray" size="compact-sm" onClick={endTour}>
            {t('tour.skip')}
          </Button>
        )}
        {at > 0 && (
          <Button variant="default" size="compact-sm" onClick={() => setAt(at - 1)}>
            {t('tour.back')}
          </Button>
        )}
        <Button size="compact-sm" onClick={isLast ? endTour : () => setAt(at + 1)}>
          {t(isLast ? 'tour.end' : 'tour.next')}
        </Button>
      </Group>
    </aside>
  );
};

const width = 340;
const gap = 12;

interface Place {
  readonly left: number;
  readonly top: number;
}

/** Beside what the words are about, which is marked; nowhere in particular where that is not on the screen. */
const usePlace = (stop: Stop): Place | undefined => {
  const [place, setPlace] = useState<Place>();
  useEffect(() => {
    const target = document.querySelector<HTMLElement>(`[data-tour="${stop}"]`);
    if (target === null) return setPlace(undefined);
    target.dataset.toured = '';
    const find = () => setPlace(placeBeside(target.getBoundingClientRect()));
    find();
    window.addEventListener('resize', find);
    return () => {
      delete target.dataset.toured;
      window.removeEventListener('resize', find);
    };
  }, [stop]);
  return place;
};

/** To the right of what stands at the left, otherwise beneath. */
const placeBeside = ({ left, right, top, bottom, width: wide }: DOMRect): Place | undefined => {
  if (wide === 0 || right <= 0 || innerWidth < width * 2) return undefined;
  if (right + gap + width < innerWidth / 2) return { left: right + gap, top };
  return { left: Math.max(gap, Math.min(left, innerWidth - width - 2 * gap)), top: bottom + gap };
};

export default Tour;
