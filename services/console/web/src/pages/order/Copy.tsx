import { ActionIcon, CopyButton } from '@mantine/core';
import { Check, Copy as CopyIcon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Tip } from '../../ui/Tip.tsx';

/** A button that copies this text; `what` says what it is. */
export const Copy = ({ text, what }: { readonly text: string; readonly what: string }) => {
  const { t } = useTranslation(['order', 'common']);
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Tip label={copied ? t('common:do.copied') : t('order:copy', { what })}>
          <ActionIcon variant="subtle" color="gray" size="sm" onClick={copy} aria-label={t('order:copy', { what })}>
            {copied ? <Check size={14} aria-hidden="true" /> : <CopyIcon size={14} aria-hidden="true" />}
          </ActionIcon>
        </Tip>
      )}
    </CopyButton>
  );
};
