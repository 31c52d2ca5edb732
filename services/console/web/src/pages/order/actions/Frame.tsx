import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './actions.module.css';

export interface FrameProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: React.ReactNode;
}

/** The window of a dialog. Focus returns to where it was opened. */
export const Frame = ({ title, onClose, wide = false, children }: FrameProps) => {
  const { t } = useTranslation();
  useFocusGivenBack();
  return (
    <Modal
      opened
      onClose={onClose}
      size={wide ? 760 : 520}
      title={title}
      closeButtonProps={{ 'aria-label': t('do.close') }}
      returnFocus={false}
      classNames={{ title: classes.title ?? '' }}
    >
      {children}
    </Modal>
  );
};

const unmountedMs = 20;

/** What opened the dialog that is there, also when the dialog makes way for its next step. */
let opener: HTMLElement | undefined;

/** Focus goes back to what opened the dialog; that may be gone by now, with the menu that it was in. */
const useFocusGivenBack = (): void => {
  useState(() => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && active !== document.body && active.closest('[role="dialog"]') === null) opener = active;
  });
  useEffect(() => {
    const giveBack = (): void => {
      if (document.querySelector('[role="dialog"]') !== null) return;
      (opener?.isConnected ? opener : document.getElementById('content'))?.focus({ preventScroll: true });
      opener = undefined;
    };
    return () => void setTimeout(giveBack, unmountedMs);
  }, []);
};
