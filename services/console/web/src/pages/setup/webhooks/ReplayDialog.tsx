import { Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, notification } from '../../../api/services.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { useOnce } from '../parts/useOnce.ts';

/** What was heard in a time, once more. */
export const ReplayDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('webhooks');
  const queries = useQueryClient();
  const once = useOnce();
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const start = async (): Promise<void> => {
    const body = { from: new Date(from).toISOString(), ...(until === '' ? {} : { until: new Date(until).toISOString() }) };
    await once((header) => done(notification.POST('/webhooks/{id}/replays', { params: { path: { id }, header }, body })));
    await queries.invalidateQueries({ queryKey: ['notification'] });
    onClose();
  };
  return (
    <FormDialog
      title={t('replay.action')}
      action={t('replay.start')}
      ready={from !== ''}
      fields={['from', 'until']}
      size="md"
      onSubmit={start}
      onClose={onClose}
    >
      {(mistake) => (
        <Stack>
          <Text size="sm">{t('replay.text')}</Text>
          <TextInput
            type="datetime-local"
            label={t('replay.from')}
            required
            data-autofocus
            error={mistake('from')}
            value={from}
            onChange={({ currentTarget }) => setFrom(currentTarget.value)}
          />
          <TextInput
            type="datetime-local"
            label={t('replay.until')}
            description={t('replay.untilHint')}
            error={mistake('until')}
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </Stack>
      )}
    </FormDialog>
  );
};
