import { Checkbox, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { access, done } from '../../../api/services.ts';
import { useSession } from '../../../api/session.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import { type Stores, StoresField } from '../parts/StoresField.tsx';
import { mutable } from '../people/InviteDialog.tsx';
import { dayIn, isKeyPermission, type KeyPermission, keyPermissions } from './keys.ts';

export interface MadeKey {
  readonly name: string;
  readonly key: string;
  readonly expiresAt: string;
}

const usualDays = 90;
const mostDays = 365;

/** A key for a program: what it may, for which stores, how long. */
export const MakeKeyDialog = ({ onMade, onClose }: { readonly onMade: (key: MadeKey) => void; readonly onClose: () => void }) => {
  const { t } = useTranslation('setup');
  const session = useSession();
  const queries = useQueryClient();
  const [now] = useState(() => Date.now());
  const [name, setName] = useState('');
  const [permissions, setPermissions] = useState<readonly KeyPermission[]>(['read']);
  const [stores, setStores] = useState<Stores>(session.stores);
  const [until, setUntil] = useState(dayIn(usualDays, now));
  const make = async (): Promise<void> => {
    const expiresAt = new Date(`${until}T00:00`).toISOString();
    const body = { name: name.trim(), permissions: [...permissions], stores: mutable(stores), expiresAt };
    const { apiKey, key } = await done(access.POST('/api-keys', { body }));
    await queries.invalidateQueries({ queryKey: ['access'] });
    onMade({ name: apiKey.name, key, expiresAt: apiKey.expiresAt });
  };
  return (
    <FormDialog
      title={t('keys.make')}
      action={t('keys.makeAction')}
      ready={name.trim() !== '' && permissions.length > 0 && stores.length > 0 && until !== ''}
      fields={['name', 'permissions', 'stores', 'expiresAt']}
      onSubmit={make}
      onClose={onClose}
    >
      {(mistake) => (
        <>
          <Text size="sm">{t('keys.makeText')}</Text>
          <TextInput
            label={t('keys.name')}
            description={t('keys.nameHint')}
            required
            data-autofocus
            autoComplete="off"
            error={mistake('name')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Checkbox.Group
            label={t('keys.permissions')}
            error={mistake('permissions') ?? (permissions.length === 0 ? t('keys.choose') : undefined)}
            value={[...permissions]}
            onChange={(chosen) => setPermissions(chosen.filter(isKeyPermission))}
          >
            <Stack gap="xs" mt="xs">
              {keyPermissions.map((one) => {
                const may = session.permissions.includes(one);
                return (
                  <Checkbox
                    key={one}
                    value={one}
                    label={t(`permission.${one}`)}
                    description={may ? t(`means.${one}`) : t('people.notOwn')}
                    disabled={!may}
                  />
                );
              })}
            </Stack>
          </Checkbox.Group>
          <StoresField value={stores} onChange={setStores} error={mistake('stores')} />
          <TextInput
            type="date"
            label={t('keys.expires')}
            description={t('keys.expiresHint')}
            required
            min={dayIn(1, now)}
            max={dayIn(mostDays, now)}
            error={mistake('expiresAt')}
            value={until}
            onChange={({ currentTarget }) => setUntil(currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
};
