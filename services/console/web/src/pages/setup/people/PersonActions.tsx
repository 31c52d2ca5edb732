import { Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { access, done } from '../../../api/services.ts';
import { useSession } from '../../../api/session.ts';
import { Action } from '../../../ui/Action.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { sayDone, sayFailed } from '../../../ui/said.tsx';
import { EditDialog } from './EditDialog.tsx';
import { type Link, LinkShown } from './LinkShown.tsx';
import type { Person } from './people.ts';
import { coversAll } from './rights.ts';

type Asked = 'edit' | 'link' | 'reset' | 'disable' | 'enable' | 'signOut';

export interface PersonActionsProps {
  readonly person: Person;
  /** Why nobody, or not this reader, changes anything about the person. */
  readonly own: string | undefined;
}

/** What can be done about somebody's access. */
export const PersonActions = ({ person, own }: PersonActionsProps) => {
  const { t } = useTranslation('setup');
  const session = useSession();
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Asked>();
  const [link, setLink] = useState<Link>();
  const { id, name, state } = person;
  const params = { path: { personId: id } };
  const covered = coversAll(session, person.allowed, person.stores) ? undefined : t('people.moreThanOwn');
  const barred = own ?? covered;
  const close = () => setAsked(undefined);
  const renew = () => queries.invalidateQueries({ queryKey: ['access'] });

  const enable = async (reason: string): Promise<void> => {
    await done(access.POST('/people/{personId}/enable', { params, body: { reason } }));
    await renew();
    sayDone(t('people.enabled', { name }));
  };
  const disable = async (reason: string): Promise<void> => {
    await done(access.POST('/people/{personId}/disable', { params, body: { reason } }));
    await renew();
    sayDone(t('people.disabled', { name }), () => enable(t('people.takenBack')).catch(sayFailed));
  };
  const reset = async (reason: string): Promise<void> => {
    await done(access.POST('/people/{personId}/reset-authenticator', { params, body: { reason } }));
    await renew();
    sayDone(t('people.resetDone', { name }));
  };
  const unlock = async (): Promise<void> => {
    await done(access.POST('/people/{personId}/unlock', { params }));
    await renew();
    sayDone(t('people.unlocked', { name }));
  };
  const makeLink = async (): Promise<void> => {
    const made = await done(access.POST('/people/{personId}/link', { params }));
    await renew();
    setLink({ name, link: made.link, expiresAt: made.expiresAt });
  };
  const reason = { label: t('people.reason'), required: true };
  const shutOut = state === 'disabled' ? t('people.isDisabled') : undefined;
  return (
    <>
      <Group gap="xs">
        <Action needs="manage-access" size="compact-sm" impossible={barred} onClick={() => setAsked('edit')}>
          {t('people.edit')}
        </Action>
        <Action needs="manage-access" {...quiet} impossible={barred ?? shutOut} onClick={() => setAsked('link')}>
          {t('people.link')}
        </Action>
        <Action
          needs="manage-access"
          {...quiet}
          impossible={barred ?? (person.hasAuthenticator ? undefined : t('people.noAuthenticator'))}
          onClick={() => setAsked('reset')}
        >
          {t('people.reset')}
        </Action>
        <Action
          needs="manage-access"
          {...quiet}
          impossible={barred ?? (person.lockedUntil === null ? t('people.notLocked') : undefined)}
          onClick={() => void unlock().catch(sayFailed)}
        >
          {t('people.unlock')}
        </Action>
        {state === 'disabled' ? (
          <Action needs="manage-access" {...quiet} impossible={barred} onClick={() => setAsked('enable')}>
            {t('people.enable')}
          </Action>
        ) : (
          <Action needs="manage-access" {...quiet} impossible={own} onClick={() => setAsked('disable')}>
            {t('people.disable')}
          </Action>
        )}
      </Group>
      {asked === 'edit' && <EditDialog person={person} onClose={close} />}
      {asked === 'link' && (
        <ConfirmDialog title={t('people.link')} action={t('people.inviteAction')} onConfirm={makeLink} onClose={close}>
          {t('people.linkAsk', { name })}
        </ConfirmDialog>
      )}
      {asked === 'reset' && (
        <ConfirmDialog title={t('people.reset')} action={t('people.reset')} danger reason={reason} onConfirm={reset} onClose={close}>
          {t('people.resetText', { name })}
        </ConfirmDialog>
      )}
      {asked === 'disable' && (
        <ConfirmDialog
          title={t('people.disableTitle', { name })}
          action={t('people.disable')}
          danger
          reason={reason}
          onConfirm={disable}
          onClose={close}
        >
          {t('people.disableText', { name })}
        </ConfirmDialog>
      )}
      {asked === 'enable' && (
        <ConfirmDialog
          title={t('people.enableTitle', { name })}
          action={t('people.enable')}
          reason={reason}
          onConfirm={enable}
          onClose={close}
        >
          {t('people.enableText', { name })}
        </ConfirmDialog>
      )}
      {link && <LinkShown link={link} onClose={() => setLink(undefined)} />}
    </>
  );
};

const quiet = { size: 'compact-sm', variant: 'default' } as const;
