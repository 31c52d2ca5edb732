import { List, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { access, done } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Facts } from '../../../ui/Facts.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { Status } from '../../../ui/Status.tsx';
import { sayDone } from '../../../ui/said.tsx';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';
import { type ApiKey, stateOf, toneOf } from './keys.ts';

export interface KeyDrawerProps {
  readonly apiKey: ApiKey;
  readonly maker: string;
  readonly onClose: () => void;
}

/** One key: what the program that has it may, and how to make it worthless. */
export const KeyDrawer = ({ apiKey, maker, onClose }: KeyDrawerProps) => {
  const { t } = useTranslation('setup');
  const storeNames = useStoreNames();
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const { name } = apiKey;
  const state = stateOf(apiKey, Date.now());
  const revoke = async (reason: string): Promise<void> => {
    await done(access.POST('/api-keys/{keyId}/revoke', { params: { path: { keyId: apiKey.id } }, body: { reason } }));
    await queries.invalidateQueries({ queryKey: ['access'] });
    sayDone(t('keys.revoked', { name }));
  };
  return (
    <SidePanel title={name} onClose={onClose}>
      <Stack align="start">
        <Action
          needs="manage-access"
          variant="default"
          size="compact-sm"
          impossible={state === 'revoked' ? t('keys.gone') : undefined}
          onClick={() => setAsks(true)}
        >
          {t('keys.revoke')}
        </Action>
        <Facts
          facts={[
            [
              t('keys.state'),
              <Status key="state" tone={toneOf[state]}>
                {t(`keys.states.${state}`)}
              </Status>,
            ],
            [t('keys.number'), apiKey.id],
            [t('keys.maker'), maker],
            [t('keys.created'), <When key="made" at={apiKey.createdAt} as="exact" />],
            [t('keys.expires'), <When key="until" at={apiKey.expiresAt} as="exact" />],
            [t('keys.lastUsed'), <When key="used" at={apiKey.lastUsedAt ?? undefined} as="exact" />],
            [t('keys.states.revoked'), apiKey.revokedAt && <When key="revoked" at={apiKey.revokedAt} as="exact" />],
            [t('stores.label'), storeNames(apiKey.stores)],
          ]}
        />
        {apiKey.revokedBy && <Text size="sm">{t('keys.revokedBy', { name: apiKey.revokedBy })}</Text>}
        <List size="sm">
          {apiKey.permissions.map((permission) => (
            <List.Item key={permission}>
              <strong>{t(`permission.${permission}`)}</strong>: {t(`means.${permission}`)}
            </List.Item>
          ))}
        </List>
      </Stack>
      {asks && (
        <ConfirmDialog
          title={t('keys.revokeTitle', { name })}
          action={t('keys.revokeAction')}
          danger
          reason={{ label: t('people.reason'), required: true }}
          onConfirm={revoke}
          onClose={() => setAsks(false)}
        >
          {t('keys.revokeText')}
        </ConfirmDialog>
      )}
    </SidePanel>
  );
};
