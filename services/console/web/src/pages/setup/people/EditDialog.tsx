import { Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { access, done } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { mutable } from './InviteDialog.tsx';
import type { Person } from './people.ts';
import { RightsFields } from './RightsFields.tsx';
import { isSingle, needsAllStores, type Rights } from './rights.ts';

/** Another name, role, permissions or stores. */
export const EditDialog = ({ person, onClose }: { readonly person: Person; readonly onClose: () => void }) => {
  const { t } = useTranslation(['setup', 'common']);
  const queries = useQueryClient();
  const [name, setName] = useState(person.name);
  const [rights, setRights] = useState<Rights>({
    role: person.role,
    permissions: person.permissions.filter(isSingle),
    stores: person.stores,
  });
  const save = async (): Promise<void> => {
    await done(
      access.PATCH('/people/{personId}', {
        params: { path: { personId: person.id } },
        body: { name: name.trim(), role: rights.role, permissions: [...rights.permissions], stores: mutable(rights.stores) },
      }),
    );
    await queries.invalidateQueries({ queryKey: ['access'] });
    sayDone(t('people.saved', { name: name.trim() }));
    onClose();
  };
  return (
    <FormDialog
      title={t('people.editTitle', { name: person.name })}
      action={t('common:do.save')}
      ready={name.trim() !== '' && rights.stores.length > 0 && !needsAllStores(rights)}
      fields={['name', 'role', 'permissions', 'stores']}
      onSubmit={save}
      onClose={onClose}
    >
      {(mistake) => (
        <>
          <Text size="sm">{t('people.editText', { name: person.name })}</Text>
          {person.byClaims && <Text size="sm">{t('people.byClaims')}</Text>}
          <TextInput
            label={t('people.name')}
            required
            data-autofocus
            error={mistake('name')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <RightsFields value={rights} onChange={setRights} mistake={mistake} />
        </>
      )}
    </FormDialog>
  );
};
