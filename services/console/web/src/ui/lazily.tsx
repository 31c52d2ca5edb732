import { type ComponentType, lazy, Suspense } from 'react';

/** A part that is loaded when it is first shown: dialogs, drawers, editors. Until then nothing stands in its place. */
export const lazily = <Props extends object>(load: () => Promise<{ readonly default: ComponentType<Props> }>): ComponentType<Props> => {
  const Part = lazy(load as () => Promise<{ default: ComponentType<object> }>) as unknown as ComponentType<Props>;
  return (props) => (
    <Suspense fallback={null}>
      <Part {...props} />
    </Suspense>
  );
};
