import { type KeyboardEvent, type MouseEvent, type RefObject, useState } from 'react';
import { useShortcuts } from '../shortcuts.ts';
import type { GridSelection } from './columns.ts';

export interface RowKeysOptions<Row> {
  readonly rows: readonly Row[];
  readonly idOf: (row: Row) => string;
  readonly scroller: RefObject<HTMLElement | null>;
  readonly onOpen: ((row: Row) => void) | undefined;
  readonly onLook: ((row: Row) => void) | undefined;
  readonly selection: GridSelection | undefined;
  /** Scrolls the row into sight. */
  readonly show: (index: number) => void;
}

export type RowKeys = Pick<ReturnType<typeof useRowKeys>, 'active' | 'focus' | 'select' | 'click' | 'press'>;

/** Which row somebody is on, and what keys and clicks do there. */
export const useRowKeys = <Row>({ rows, idOf, scroller, onOpen, onLook, selection, show }: RowKeysOptions<Row>) => {
  const [active, setActive] = useState(0);
  const [anchor, setAnchor] = useState(0);
  const move = (to: number): void => {
    const index = Math.max(0, Math.min(rows.length - 1, to));
    setActive(index);
    show(index);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-row="${index}"]`)?.focus({ preventScroll: true }));
  };
  const isInside = (): boolean => scroller.current?.querySelector('tbody')?.contains(document.activeElement) ?? false;
  const select = (index: number, range = false): void => {
    if (selection === undefined) return;
    const [from, to] = range ? [Math.min(anchor, index), Math.max(anchor, index)] : [index, index];
    const touched = rows.slice(from, to + 1).map(idOf);
    const id = touched.at(index === from ? 0 : -1) ?? '';
    const adds = range || !selection.ids.has(id);
    setAnchor(index);
    selection.set(adds ? [...new Set([...selection.ids, ...touched])] : [...selection.ids].filter((one) => one !== id));
  };
  const at = (index: number, act: ((row: Row) => void) | undefined): void => {
    const row = rows[index];
    if (row !== undefined) act?.(row);
  };
  useShortcuts({
    j: () => move(isInside() ? active + 1 : active),
    k: () => move(active - 1),
    x: () => select(active),
    ...(onLook ? { o: () => at(active, onLook) } : {}),
  });
  return {
    active,
    focus: setActive,
    select,
    click: ({ target, shiftKey }: MouseEvent, index: number): void => {
      if ((target as HTMLElement).closest('a, button, input, label')) return;
      setActive(index);
      if (shiftKey) select(index, true);
      else at(index, onLook ?? onOpen);
    },
    press: (event: KeyboardEvent, index: number): void => {
      if (event.target !== event.currentTarget) return;
      if (event.key === 'ArrowDown') move(index + 1);
      else if (event.key === 'ArrowUp') move(index - 1);
      else if (event.key === 'Enter') at(index, onOpen);
      else return;
      event.preventDefault();
    },
  };
};
