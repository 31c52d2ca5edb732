import { Checkbox, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../../../api/services.ts';
import { Action } from '../../../../ui/Action.tsx';
import { Card } from '../../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../../ui/ConfirmDialog.tsx';
import { sayDone } from '../../../../ui/said.tsx';
import type { StoreTabProps } from './tabs.ts';

/** The end of a store: what is lost is said, and its id has to be typed. */
export const DeleteCard = ({ store }: StoreTabProps) => {
  const { t } = useTranslation('stores');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [asks, setAsks] = useState(false);
  const [abandon, setAbandon] = useState(false);
  const remove = async (): Promise<void> => {
    await done(gateway.DELETE('/stores/{storeId}', { params: { path: { storeId: store.id } }, body: { confirm: store.id, abandon } }));
    sayDone(t('connection.deleted', { store: store.name }));
    await navigate({ to: '/setup', search: {}, ignoreBlocker: true });
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
  };
  return (
    <Card
      title={t('connection.delete')}
      actions={
        <Action
          needs="administer"
          size="compact-sm"
          variant="default"
          color="red"
          impossible={store.managedBy === 'environment' ? t('connection.managedNot') : undefined}
          onClick={() => setAsks(true)}
        >
          {t('connection.delete')}
        </Action>
      }
    >
      <Text c="dimmed">{t('connection.deleteText')}</Text>
      {asks && (
        <ConfirmDialog
          title={t('connection.deleteTitle', { store: store.name })}
          action={t('connection.delete')}
          danger
          typed={{ label: t('connection.typeId', { id: store.id }), text: store.id }}
          onConfirm={remove}
          onClose={() => setAsks(false)}
        >
          <Stack>
            <span>{t('connection.lost')}</span>
            <span>{t('connection.lostId', { id: store.id })}</span>
            <Checkbox
              label={t('connection.abandon')}
              description={t('connection.abandonText')}
              checked={abandon}
              onChange={({ currentTarget: { checked } }) => setAbandon(checked)}
            />
          </Stack>
        </ConfirmDialog>
      )}
    </Card>
  );
};
