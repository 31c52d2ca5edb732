import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../../../api/services.ts';
import { useFocusGivenBack } from '../../../../ui/focus-given-back.ts';
import { ProblemNote } from '../../../../ui/ProblemNote.tsx';
import { sayDone } from '../../../../ui/said.tsx';
import { ConnectionTest } from '../credentials/ConnectionTest.tsx';
import { CredentialFields } from '../credentials/CredentialFields.tsx';
import { areComplete, noCredentials, trimmed } from '../credentials/credentials.ts';
import type { StoreTabProps } from './tabs.ts';

/** New credentials for a store: typed, tried, and in force at once. */
export const RenewDialog = ({ store, onClose }: StoreTabProps & { readonly onClose: () => void }) => {
  const { t } = useTranslation(['stores', 'common']);
  useFocusGivenBack();
  const queries = useQueryClient();
  const [credentials, setCredentials] = useState(noCredentials);
  const [tried, setTried] = useState(false);
  const { region, marketplaces } = store;
  const test = useMutation({
    mutationFn: () => done(gateway.POST('/stores/test', { body: { region, marketplaces, credentials: trimmed(credentials) } })),
  });
  const renew = useMutation({
    mutationFn: () =>
      done(gateway.PUT('/stores/{storeId}/credentials', { params: { path: { storeId: store.id } }, body: trimmed(credentials) })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
      sayDone(t('connection.renewed'));
      onClose();
    },
  });
  return (
    <Modal
      opened
      returnFocus={false}
      onClose={onClose}
      size="lg"
      title={t('connection.renew')}
      closeButtonProps={{ 'aria-label': t('common:do.close') }}
    >
      <form
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (areComplete(credentials) && !renew.isPending) renew.mutate();
        }}
      >
        <Stack>
          <Text>{t('connection.renewText')}</Text>
          <CredentialFields
            value={credentials}
            isTried={tried}
            onChange={(value) => {
              setCredentials(value);
              test.reset();
            }}
          />
          <ConnectionTest test={test} impossible={areComplete(credentials) ? undefined : t('common:required')} />
          {renew.error && <ProblemNote error={renew.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:do.cancel')}
            </Button>
            <Button type="submit" loading={renew.isPending}>
              {t('common:do.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
