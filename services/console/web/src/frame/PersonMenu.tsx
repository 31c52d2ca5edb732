import { UnstyledButton } from '@mantine/core';
import { type ComponentPropsWithRef, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import classes from './Frame.module.css';

export interface PersonMenuProps {
  readonly onKeys: () => void;
}

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

export const PersonButton = (props: ComponentPropsWithRef<'button'>) => {
  const { t } = useTranslation();
  const { person } = useSession();
  return (
    <UnstyledButton {...props} className={classes.me} aria-label={`${t('me.label')}: ${person.name}`}>
      <span aria-hidden="true">{initials(person.name)}</span>
    </UnstyledButton>
  );
};

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0).toUpperCase())
    .slice(0, 2)
    .join('');
