import { lazy, Suspense, useSyncExternalStore } from 'react';

const load = () => import('./saying.tsx');
const Notifications = lazy(async () => ({ default: (await load()).Notifications }));

let wanted = false;
const waiting = new Set<() => void>();

/** What says things is loaded when there is something to say. */
const say = async (): Promise<Awaited<ReturnType<typeof load>>> => {
  wanted = true;
  for (const changed of waiting) changed();
  return load();
};

/** Where what was said is shown. */
export const Said = () => {
  const shown = useSyncExternalStore(
    (changed) => {
      waiting.add(changed);
      return () => waiting.delete(changed);
    },
    () => wanted,
  );
  return shown ? (
    <Suspense fallback={null}>
      <Notifications position="bottom-right" limit={5} />
    </Suspense>
  ) : null;
};

/** Something was done. With `undo`, it can be taken back for as long as this is shown. */
export const sayDone = (text: string, undo?: () => unknown): void => void say().then(({ sayDone: done }) => done(text, undo));

/** Something could not be done: shown until it is read. */
export const sayFailed = (error: unknown): void => void say().then(({ sayFailed: failed }) => failed(error));
