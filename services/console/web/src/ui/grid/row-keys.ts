import { type KeyboardEvent, type MouseEvent, type RefObject, useMemo, useRef, useState } from 'react';
import { useShortcuts } from '../shortcuts.ts';
import type { GridSelection } from './columns.ts';
import { foundNear, type Places } from './places.ts';

export interface RowKeysOptions<Row> {
  readonly places: Places<Row>;
  /** Everything that is in memory. */
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly onLook: ((row: Row) => void) | undefined;
  readonly selection: GridSelection | undefined;
  /** Scrolls the row into sight. */
  readonly show: (index: number) => void;
}

/** What rows call; the same from one rendering to the next, so that a row that has not changed is not rendered. */
export interface RowActs {
  readonly focus: (index: number) => void;
  readonly select: (index: number, range?: boolean) => void;
  readonly click: (event: MouseEvent, index: number) => void;
  readonly press: (event: KeyboardEvent, index: number) => void;
}

/** A row, by its id and where it was then. */
interface Spot {
  readonly id: string;
  readonly index: number;
}

/** Which row somebody is on, and what keys and clicks do there. */
export const useRowKeys = <Row>(options: RowKeysOptions<Row>) => {
  const [activeSpot, setActiveSpot] = useState<Spot>({ id: '', index: 0 });
  const [anchor, setAnchor] = useState<Spot>({ id: '', index: 0 });
  const { places, rows, idOf, scroller, onOpen, onLook, selection, show } = options;

  const spotAt = (index: number): Spot => {
    const row = places.at(index);
    return { id: row === undefined ? '' : idOf(row), index };
  };
  const indexOf = ({ id, index }: Spot): number => Math.min(foundNear(places, idOf, id, index) ?? index, Math.max(0, places.count - 1));
  // Looked for when rows have come or gone, and not in each frame of scrolling.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `rows` are others when they stand elsewhere
  const active = useMemo(() => indexOf(activeSpot), [activeSpot, rows, places.count]);

  const move = (to: number): void => {
    const index = Math.max(0, Math.min(places.count - 1, to));
    setActiveSpot(spotAt(index));
    show(index);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true }));
  };
  const isInside = (): boolean => scroller.current?.querySelector('tbody')?.contains(document.activeElement) ?? false;

  const select = (index: number, range = false): void => {
    if (selection === undefined) return;
    const from = range ? indexOf(anchor) : index;
    const touched = idsBetween(places, idOf, from, index);
    setAnchor(spotAt(index));
    setActiveSpot(spotAt(index));
    const removes = !range && touched.every((id) => selection.ids.has(id));
    selection.set(removes ? [...selection.ids].filter((id) => !touched.includes(id)) : [...new Set([...selection.ids, ...touched])]);
  };
  const act = (index: number, does: ((row: Row) => void) | undefined): void => {
    const row = places.at(index);
    if (row !== undefined) does?.(row);
  };

  useShortcuts({
    j: () => move(isInside() ? active + 1 : active),
    k: () => move(active - 1),
    ...(selection && { x: () => select(active), [shiftX]: () => select(active, true), a: () => selection.set(rows.map(idOf)) }),
    ...(onLook && { o: () => act(active, onLook) }),
  });

  const acts: RowActs = {
    focus: (index) => setActiveSpot(spotAt(index)),
    select,
    click: ({ target, shiftKey }, index) => {
      if ((target as HTMLElement).closest('a, button, input, label')) return;
      setActiveSpot(spotAt(index));
      if (shiftKey) select(index, true);
      else act(index, onLook ?? onOpen);
    },
    press: (event, index) => {
      if (event.target !== event.currentTarget) return;
      if (event.key === 'ArrowDown') move(index + 1);
      else if (event.key === 'ArrowUp') move(index - 1);
      else if (event.key === 'Enter') act(index, onOpen);
      else return;
      event.preventDefault();
    },
  };
  return { active, acts: useLatest(acts) };
};

const shiftX = 'X';

const idsBetween = <Row>({ at }: Places<Row>, idOf: (row: Row) => string, one: number, other: number): string[] => {
  const ids: string[] = [];
  for (let index = Math.min(one, other); index <= Math.max(one, other); index++) {
    const row = at(index);
    if (row !== undefined) ids.push(idOf(row));
  }
  return ids;
};

/** The same functions all along, which do what the newest would. */
const useLatest = (acts: RowActs): RowActs => {
  const latest = useRef(acts);
  latest.current = acts;
  return useMemo(
    () => ({
      focus: (index) => latest.current.focus(index),
      select: (index, range) => latest.current.select(index, range),
      click: (event, index) => latest.current.click(event, index),
      press: (event, index) => latest.current.press(event, index),
    }),
    [],
  );
};
