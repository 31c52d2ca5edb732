import { Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, notification } from '../../../api/services.ts';
import { FormDialog } from '../parts/FormDialog.tsx';

/** What was heard in a time, once more. */
export const ReplayDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('webhooks');
  const queries = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const start = async (): Promise<void> => {
    await done(
      notification.POST('/webhooks/{id}/replays', {
        params: { path: { id }, header: { 'Idempotency-Key': key } },
        body: { from: new Date(from).toISOString(), ...(until === '' ? {} : { until: new Date(until).toISOString() }) },
      }),
    );
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
