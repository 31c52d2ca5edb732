import { useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { loadWords } from '../words/index.ts';
import { useTourState } from './tour.ts';

const Tour = lazy(async () => {
  await loadWords('today');
  return import('./Tour.tsx');
});

/** By itself it is shown only where everybody begins, and once. */
export const TourWhenAsked = () => {
  const state = useTourState();
  const atHome = useLocation({ select: ({ pathname }) => pathname === '/' });
  if (state === 'seen' || (state === 'new' && !atHome)) return null;
  return (
    <Suspense fallback={null}>
      <Tour takesFocus={state === 'asked'} />
    </Suspense>
  );
};
