import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFocusGivenBack } from '../../../ui/focus-given-back.ts';

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
    >
      {children}
    </Modal>
  );
};
