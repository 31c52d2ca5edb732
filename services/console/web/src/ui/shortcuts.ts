import { useEffect, useRef } from 'react';

type Shortcuts = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const layers: { current: Shortcuts }[] = [];
const sequenceMs = 1_000;
let begun: { readonly key: string; readonly at: number } | undefined;

/**
 * Keys and what they do while this is mounted: `{ 'g o': toOrders, j: next }`. The layer that came last is asked first. Keys that are typed
 * into a field, or that the browser or a screen reader wants (with Ctrl, Alt or Meta), are left alone, and so are keys behind a dialog.
 */
export const useShortcuts = (shortcuts: Shortcuts): void => {
  const layer = useRef(shortcuts);
  layer.current = shortcuts;
  useEffect(() => {
    layers.push(layer);
    return () => void layers.splice(layers.indexOf(layer), 1);
  }, []);
};

const isTyping = ({ target }: KeyboardEvent): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || inDialog(target));

const inDialog = (target: HTMLElement): boolean => target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null;

const meant = (key: string): ((event: KeyboardEvent) => void) | undefined =>
  layers.findLast(({ current }) => current[key] !== undefined)?.current[key];

window.addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
  const follows = begun && event.timeStamp - begun.at < sequenceMs ? `${begun.key} ${event.key}` : undefined;
  const act = (follows && meant(follows)) || meant(event.key);
  begun = act ? undefined : { key: event.key, at: event.timeStamp };
  if (act === undefined) return;
  event.preventDefault();
  act(event);
});
