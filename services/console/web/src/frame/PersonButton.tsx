import { UnstyledButton } from '@mantine/core';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session.ts';
import classes from './Frame.module.css';

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
