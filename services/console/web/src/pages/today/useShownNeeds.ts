import { useEffect, useRef, useState } from 'react';
import type { Need } from './answers.ts';
import { type Shown, shownNext } from './shown-needs.ts';

const fadeMs = 160;

export interface ShownNeeds {
  readonly shown: readonly Shown<Need>[];
  /** For the element around the list: while a pointer is over it, or a key goes through it, nothing moves. */
  readonly hold: { readonly onPointerEnter: () => void; readonly onPointerLeave: () => void };
}

/** What is open, followed live: what is settled fades, and then makes room. */
export const useShownNeeds = (open: readonly Need[]): ShownNeeds => {
  const [held, setHeld] = useState(false);
  const [shown, setShown] = useState<readonly Shown<Need>[]>(() => shownNext([], open, false));
  const newest = useRef(open);
  newest.current = open;
  const ids = open.map(({ id, since }) => `${id} ${since}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is another one when its ids are
  useEffect(() => {
    setShown((before) => shownNext(before, newest.current, true));
    if (held) return;
    const timer = setTimeout(() => setShown((before) => shownNext(before, newest.current, false)), fadeMs);
    return () => clearTimeout(timer);
  }, [ids, held]);
  return { shown, hold: { onPointerEnter: () => setHeld(true), onPointerLeave: () => setHeld(false) } };
};
