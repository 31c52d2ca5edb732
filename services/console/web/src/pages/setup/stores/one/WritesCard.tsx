import { Stack, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../../../api/services.ts';
import { useMay } from '../../../../api/session.ts';
import { Card } from '../../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../../ui/ConfirmDialog.tsx';
import { sayDone, sayFailed } from '../../../../ui/said.tsx';
import type { StoreTabProps } from './tabs.ts';

/** Whether Amazon is only read. Off again, everything that waited is sent: that is asked first. */
export const WritesCard = ({ store }: StoreTabProps) => {
  const { t } = useTranslation('stores');
  const queries = useQueryClient();
  const may = useMay('administer');
  const [asks, setAsks] = useState(false);
  const switchTo = async (readOnly: boolean): Promise<void> => {
    await done(gateway.PATCH('/stores/{storeId}', { params: { path: { storeId: store.id } }, body: { readOnly } }));
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
    if (readOnly) sayDone(t('connection.readOnlyOn', { store: store.name }), () => switchTo(false).catch(sayFailed));
    else sayDone(t('connection.readOnlyOff'));
  };
  return (
    <Card title={t('connection.writes')}>
      <Stack>
        <Switch
          label={t('connection.readOnly')}
          description={t('connection.readOnlyText')}
          checked={store.readOnly}
          disabled={!may}
          onChange={() => (store.readOnly ? setAsks(true) : void switchTo(true).catch(sayFailed))}
        />
      </Stack>
      {asks && (
        <ConfirmDialog
          title={t('connection.writeTitle', { store: store.name })}
          action={t('connection.write')}
          danger
          onConfirm={() => switchTo(false)}
          onClose={() => setAsks(false)}
        >
          {t('connection.writeText')}
        </ConfirmDialog>
      )}
    </Card>
  );
};
