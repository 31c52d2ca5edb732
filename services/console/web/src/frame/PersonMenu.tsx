import { lazy, Suspense, useState } from 'react';
import { PersonButton } from './PersonButton.tsx';
import type { PersonMenuProps } from './person-menu.ts';

const load = () => import('./PersonMenuList.tsx');
const PersonMenuList = lazy(load);

/** Who sits here; the menu behind it is loaded when somebody reaches for it. */
export const PersonMenu = ({ onKeys }: PersonMenuProps) => {
  const [wanted, setWanted] = useState(false);
  const button = <PersonButton aria-haspopup="menu" onPointerEnter={load} onFocus={load} onClick={() => setWanted(true)} />;
  return wanted ? (
    <Suspense fallback={button}>
      <PersonMenuList onKeys={onKeys} />
    </Suspense>
  ) : (
    button
  );
};
