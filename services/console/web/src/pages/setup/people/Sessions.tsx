import { List, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { access, done } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { ago, moment } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { sayDone } from '../../../ui/said.tsx';
import { browserOf } from './browser.ts';
import type { Person } from './people.ts';

const methods = ['password', 'oidc', 'link'] as const;

/** Where somebody is signed in, and how to end it everywhere. */
export const Sessions = ({ person: { id, name } }: { readonly person: Person }) => {
  const { t } = useTranslation('setup');
  const params = { path: { personId: id } };
  const query = useQuery(access.read('/people/{personId}/sessions', { params }));
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const signOut = async (): Promise<void> => {
    await done(access.POST('/people/{personId}/sign-out', { params }));
    await queries.invalidateQueries({ queryKey: ['access'] });
    sayDone(t('people.signedOut', { name }));
  };
  return (
    <Stack gap="xs" align="start">
      <Text fw={600} size="sm">
        {t('people.sessions')}
      </Text>
      <Loaded query={query} height={48}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm">{t('people.noSessions')}</Text>
          ) : (
            <>
              <List size="sm">
                {items.map(({ id: session, browser, method, createdAt, lastSeenAt }) => (
                  <List.Item key={session}>
                    {[
                      browserOf(browser),
                      t(`people.method.${methods.find((one) => one === method) ?? 'other'}`),
                      t('people.since', { at: moment(createdAt) }),
                      t('people.seen', { ago: ago(lastSeenAt) }),
                    ]
                      .filter((part) => part !== '')
                      .join(' · ')}
                  </List.Item>
                ))}
              </List>
              <Action needs="manage-access" size="compact-sm" variant="default" onClick={() => setAsks(true)}>
                {t('people.signOut')}
              </Action>
            </>
          )
        }
      </Loaded>
      {asks && (
        <ConfirmDialog
          title={t('people.signOutTitle', { name })}
          action={t('people.signOut')}
          danger
          onConfirm={signOut}
          onClose={() => setAsks(false)}
        >
          {t('people.signOutText', { name })}
        </ConfirmDialog>
      )}
    </Stack>
  );
};
