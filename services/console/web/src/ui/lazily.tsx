import { type ComponentType, lazy, Suspense } from 'react';

/** A part that is loaded when it is first shown: dialogs, drawers, editors. Until then nothing stands in its place. */
export const lazily = <Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>): ComponentType<Props> => {
  const Part = lazy(() => surely(load as () => Promise<{ default: ComponentType<object> }>)) as unknown as ComponentType<Props>;
  return (props) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  );
};

const againMs = 1_000;

/** What was lost on its way is loaded again. What is gone, since the page is of an earlier release, comes with the page of this one. */
const surely = <Module,>(load: () => Promise<Module>): Promise<Module> =>
  load().catch(async () => {
    await new Promise((resolve) => setTimeout(resolve, againMs));
    return load().catch(loadPageAnew);
  });

/** Once for each part: whoever finds it missing again is told so. */
const loadPageAnew = (error: unknown): Promise<never> => {
  const name = `orderbus.loaded-anew:${String(error)}`;
  if (sessionStorage.getItem(name) !== null) throw error;
  sessionStorage.setItem(name, '');
  location.reload();
  return new Promise(() => {});
};
