import { cloneElement, lazy, Suspense, useState } from 'react';
import type { ChoiceMenuProps } from './choices.ts';

const load = () => import('./ChoiceList.tsx');
const ChoiceList = lazy(load);

/** A button with a menu behind it, which is loaded when somebody reaches for it: no page begins with an open one. */
export const ChoiceMenu = (props: ChoiceMenuProps) => {
  const [wanted, setWanted] = useState(false);
  const button = cloneElement(props.button, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onPointerEnter: load,
    onFocus: load,
    onClick: () => setWanted(true),
  });
  return wanted ? (
    <Suspense fallback={button}>
      <ChoiceList {...props} />
    </Suspense>
  ) : (
    button
  );
};
