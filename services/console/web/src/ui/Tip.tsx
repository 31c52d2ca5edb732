import { type ComponentPropsWithoutRef, cloneElement, lazy, type ReactElement, Suspense, useEffect, useId, useRef, useState } from 'react';
import type { TipWords } from './TipShown.tsx';

const load = () => import('./TipShown.tsx');
const TipShown = lazy(load);

const restMs = 300;

interface TipProps extends TipWords {
  readonly children: ReactElement<ComponentPropsWithoutRef<'button'>>;
}

/** Words on hover, focus and touch. What shows them is loaded when somebody reaches for the first: no page begins with one. */
export const Tip = ({ children, ...words }: TipProps) => {
  const id = useId();
  const [target, setTarget] = useState<HTMLElement>();
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(resting.current), []);
  const hide = (): void => {
    clearTimeout(resting.current);
    setTarget(undefined);
  };
  const { props } = children;
  return (
    <>
      {cloneElement(children, {
        'aria-describedby': target ? id : props['aria-describedby'],
        onPointerEnter: (event) => {
          props.onPointerEnter?.(event);
          void load();
          const { currentTarget, pointerType } = event;
          resting.current = setTimeout(() => setTarget(currentTarget), pointerType === 'touch' ? 0 : restMs);
        },
        // A finger that is lifted leaves, too: then the words stay until the next touch.
        onPointerLeave: (event) => {
          props.onPointerLeave?.(event);
          if (event.pointerType !== 'touch') hide();
        },
        onFocus: (event) => {
          props.onFocus?.(event);
          if (event.currentTarget.matches(':focus-visible')) setTarget(event.currentTarget);
        },
        onBlur: (event) => {
          props.onBlur?.(event);
          hide();
        },
      })}
      {target && (
        <Suspense fallback={null}>
          <TipShown {...words} id={id} target={target} hide={hide} />
        </Suspense>
      )}
    </>
  );
};
