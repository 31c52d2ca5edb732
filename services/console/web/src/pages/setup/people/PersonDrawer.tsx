import { List, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../../ui/Facts.tsx';
import { listed } from '../../../ui/format.ts';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';
import { PersonActions } from './PersonActions.tsx';
import { factorOf, type Person, standingOf, toneOf } from './people.ts';
import { isSingle } from './rights.ts';
import { Sessions } from './Sessions.tsx';

export interface PersonDrawerProps {
  readonly person: Person;
  /** Why nothing is changed about this person, where it is the reader. */
  readonly own: string | undefined;
  readonly onClose: () => void;
}

/** One of the staff: what this person may, how he comes in, and what can be done about it. */
export const PersonDrawer = ({ person, own, onClose }: PersonDrawerProps) => {
  const { t } = useTranslation(['setup', 'common']);
  const storeNames = useStoreNames();
  const standing = standingOf(person);
  const extra = person.permissions.filter(isSingle).map((one) => t(`permission.${one}`));
  return (
    <SidePanel title={person.name} onClose={onClose}>
      <Stack>
        {own && <Text size="sm">{own}</Text>}
        <PersonActions person={person} own={own} />
        <Facts
          facts={[
            [t('people.email'), person.email],
            [
              t('people.state'),
              <Status key="state" tone={toneOf[standing]}>
                {t(`people.states.${standing}`)}
              </Status>,
            ],
            [t('people.lockedUntil'), person.lockedUntil && <When key="locked" at={person.lockedUntil} as="exact" />],
            [t('people.role'), t(`role.${person.role}`)],
            [t('people.extra'), extra.length > 0 ? listed(extra) : t('common:none')],
            [t('stores.label'), storeNames(person.stores)],
            [t('people.lastSignIn'), <When key="in" at={person.lastSignInAt ?? undefined} as="exact" />],
            [t('people.password'), t(passwordOf(person))],
            [t('people.secondFactor'), t(`people.factor.${factorOf(person)}`)],
            [t('people.invitedBy'), person.createdBy],
            [t('people.invitedAt'), <When key="made" at={person.createdAt} as="exact" />],
          ]}
        />
        {person.byClaims && <Text size="sm">{t('people.byClaims')}</Text>}
        <div>
          <Text fw={600} size="sm">
            {t('people.may')}
          </Text>
          <List size="sm">
            {person.allowed.map((permission) => (
              <List.Item key={permission}>
                <strong>{t(`permission.${permission}`)}</strong>: {t(`means.${permission}`)}
              </List.Item>
            ))}
          </List>
        </div>
        <Sessions person={person} />
      </Stack>
    </SidePanel>
  );
};

const passwordOf = ({ hasPassword, hasIdentity }: Person) => {
  if (hasPassword) return 'people.hasPassword';
  return hasIdentity ? 'people.signsIn' : 'people.noPassword';
};
