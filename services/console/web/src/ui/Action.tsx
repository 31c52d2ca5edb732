import { Button, type ButtonProps } from '@mantine/core';
import type { ComponentPropsWithoutRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Permission, useMay } from '../api/session.ts';
import { Tip } from './Tip.tsx';

export interface ActionProps extends ButtonProps, Omit<ComponentPropsWithoutRef<'button'>, keyof ButtonProps> {
  readonly needs: Permission;
  /** Why it is not possible now; shown on hover and focus. */
  readonly impossible?: string | undefined;
}

/** A button that stays where it is when it cannot be used, and says why. Disabled for hands, not for focus: a reason has to be found. */
export const Action = ({ needs, impossible, onClick, ...button }: ActionProps) => {
  const { t } = useTranslation();
  const may = useMay(needs);
  const reason = may ? impossible : t('mayNot', { permission: needs });
  if (reason === undefined) return <Button {...button} onClick={onClick} />;
  return (
    <Tip label={reason} maw={320}>
      <Button {...button} data-disabled aria-disabled="true" onClick={(event) => event.preventDefault()} />
    </Tip>
  );
};
