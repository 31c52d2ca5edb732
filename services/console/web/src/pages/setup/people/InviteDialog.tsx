import { Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { access, done } from '../../../api/services.ts';
import { FormDialog } from '../parts/FormDialog.tsx';
import type { Link } from './LinkShown.tsx';
import { RightsFields } from './RightsFields.tsx';
import { needsAllStores, type Rights } from './rights.ts';

export interface InviteDialogProps {
  readonly onInvited: (link: Link) => void;
  readonly onClose: () => void;
}

/** Somebody new: name, address, rights; answered with a link that is handed over by hand. */
export const InviteDialog = ({ onInvited, onClose }: InviteDialogProps) => {
  const { t } = useTranslation('setup');
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [rights, setRights] = useState<Rights>({ role: 'operator', permissions: [], stores: '*' });
  const invite = async (): Promise<void> => {
    const body = {
      name: name.trim(),
      email: email.trim(),
      ...rights,
      permissions: [...rights.permissions],
      stores: mutable(rights.stores),
    };
    const { person, link, expiresAt } = await done(access.POST('/people', { body }));
    await queries.invalidateQueries({ queryKey: ['access'] });
    onInvited({ name: person.name, link, expiresAt });
  };
  const ready = name.trim() !== '' && email.trim() !== '' && rights.stores.length > 0 && !needsAllStores(rights);
  return (
    <FormDialog
      title={t('people.inviteTitle')}
      action={t('people.inviteAction')}
      ready={ready}
      fields={['name', 'email', 'role', 'permissions', 'stores']}
      onSubmit={invite}
      onClose={onClose}
    >
      {(mistake) => (
        <>
          <Text size="sm">{t('people.inviteText')}</Text>
          <TextInput
            label={t('people.name')}
            required
            data-autofocus
            autoComplete="off"
            error={mistake('name')}
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <TextInput
            label={t('people.email')}
            type="email"
            required
            autoComplete="off"
            error={mistake('email')}
            value={email}
            onChange={({ currentTarget }) => setEmail(currentTarget.value)}
          />
          <RightsFields value={rights} onChange={setRights} mistake={mistake} />
        </>
      )}
    </FormDialog>
  );
};

export const mutable = (stores: Rights['stores']): '*' | string[] => (stores === '*' ? stores : [...stores]);
