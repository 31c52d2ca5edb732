import { Checkbox, Radio, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import type { Mistake } from '../parts/FormDialog.tsx';
import { StoresField } from '../parts/StoresField.tsx';
import { coversAll, isSingle, needsAllStores, permissionsOfRole, type Rights, type Role, roleNames, singles } from './rights.ts';

export interface RightsFieldsProps {
  readonly value: Rights;
  readonly onChange: (rights: Rights) => void;
  readonly mistake: Mistake;
}

/** What somebody may: one role, any of the single permissions, and the stores; each with what it means. */
export const RightsFields = ({ value, onChange, mistake }: RightsFieldsProps) => {
  const { t } = useTranslation('setup');
  const session = useSession();
  return (
    <>
      <Radio.Group
        label={t('people.roleLabel')}
        error={mistake('role')}
        value={value.role}
        onChange={(role) => onChange({ ...value, role: role as Role })}
      >
        <Stack gap="xs" mt="xs">
          {roleNames.map((role) => {
            const may = coversAll(session, permissionsOfRole[role], session.stores);
            return (
              <Radio
                key={role}
                value={role}
                label={t(`role.${role}`)}
                description={may ? t(`roleMeans.${role}`) : t('people.notOwn')}
                disabled={!may && role !== value.role}
              />
            );
          })}
        </Stack>
      </Radio.Group>
      <Checkbox.Group
        label={t('people.extra')}
        error={mistake('permissions')}
        value={[...value.permissions]}
        onChange={(chosen) => onChange({ ...value, permissions: chosen.filter(isSingle) })}
      >
        <Stack gap="xs" mt="xs">
          {singles.map((single) => {
            const may = session.permissions.includes(single);
            return (
              <Checkbox
                key={single}
                value={single}
                label={t(`permission.${single}`)}
                description={may ? t(`means.${single}`) : t('people.notOwn')}
                disabled={!may && !value.permissions.includes(single)}
              />
            );
          })}
        </Stack>
      </Checkbox.Group>
      <StoresField
        value={value.stores}
        onChange={(stores) => onChange({ ...value, stores })}
        error={mistake('stores') ?? (needsAllStores(value) ? t('people.needsAllStores') : undefined)}
      />
    </>
  );
};
