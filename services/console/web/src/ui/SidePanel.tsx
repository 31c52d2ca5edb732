import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface SidePanelProps {
  readonly title: ReactNode;
  readonly size?: 'lg' | 'xl';
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** One thing of a list, beside it. It is there only while it is open. */
export const SidePanel = ({ title, size = 'lg', onClose, children }: SidePanelProps) => {
  const { t } = useTranslation('common');
  return (
    <Drawer opened onClose={onClose} position="right" size={size} title={title} closeButtonProps={{ 'aria-label': t('do.close') }}>
      {children}
    </Drawer>
  );
};
