import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import type { Fix } from './reason.ts';
import { useFix } from './useFix.ts';

/** What is asked for before it is done: why it should not be done lightly, and, where the owner wants it, a note. */
export const FixDialog = ({ fix, onClose }: { readonly fix: Fix; readonly onClose: () => void }) => {
  const { t } = useTranslation(['stuck', 'order']);
  const mend = useFix();
  const [key] = useState(() => crypto.randomUUID());
  const [asked] = fix.asks ?? [];
  const words = t(`stuck:do.${fix.kind}`);
  return (
    <ConfirmDialog
      title={words}
      action={words}
      reason={asked === undefined ? undefined : { label: t('order:stuck.why'), required: true }}
      onClose={onClose}
      onConfirm={(why) => mend.mutateAsync({ fix, key, ...(asked === undefined ? {} : { added: { [asked]: why } }) })}
    >
      {fix.confirm ? t(`stuck:confirm.${fix.confirm}`) : t('order:stuck.onRecord')}
    </ConfirmDialog>
  );
};
