import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { foundNear, type Places } from './places.ts';

/**
 * Rows that come in above what somebody reads do not push it down: what was the first row in sight stays where it was. Whoever is at the top
 * sees the new ones.
 */
export const useAnchor = <Row>(
  scroller: RefObject<HTMLElement | null>,
  places: Places<Row>,
  idOf: (row: Row) => string,
  rowHeight: number,
): void => {
  const first = useRef<{ readonly id: string; readonly index: number }>(undefined);
  const note = useRef(() => {});
  note.current = () => {
    const top = scroller.current?.scrollTop ?? 0;
    const index = Math.floor(top / rowHeight);
    const row = top > 0 ? places.at(index) : undefined;
    first.current = row && { id: idOf(row), index };
  };
  useEffect(() => {
    const element = scroller.current;
    const noted = (): void => note.current();
    element?.addEventListener('scroll', noted, { passive: true });
    return () => element?.removeEventListener('scroll', noted);
  }, [scroller]);
  useLayoutEffect(() => {
    const was = first.current;
    if (was === undefined || scroller.current === null) return;
    const is = foundNear(places, idOf, was.id, was.index);
    if (is === undefined || is === was.index) return;
    first.current = { id: was.id, index: is };
    scroller.current.scrollTop += (is - was.index) * rowHeight;
  });
};
