import { useSyncExternalStore } from 'react';

const remembered = 'orderbus.tour';
const listeners = new Set<() => void>();

/** `asked`: somebody wants to see it. `new`: nobody has seen it in this browser yet. */
type TourState = 'new' | 'asked' | 'seen';

let state: TourState = localStorage.getItem(remembered) === null ? 'new' : 'seen';

const become = (next: TourState): void => {
  state = next;
  for (const changed of listeners) changed();
};

export const showTour = (): void => become('asked');

export const endTour = (): void => {
  localStorage.setItem(remembered, 'seen');
  become('seen');
};

export const useTourState = (): TourState =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => state,
  );
