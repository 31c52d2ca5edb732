import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../api/session.ts';
import { Action } from '../../ui/Action.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { Page } from '../../ui/Page.tsx';
import { Barred } from './parts/Barred.tsx';
import { Notice } from './parts/Notice.tsx';
import type { Link } from './people/LinkShown.tsx';
import { PeopleList } from './people/PeopleList.tsx';
import { countManagers, peopleQuery } from './people/people.ts';
import { SetupNav } from './SetupNav.tsx';

const InviteDialog = lazily(async () => ({ default: (await import('./people/InviteDialog.tsx')).InviteDialog }));
const LinkShown = lazily(async () => ({ default: (await import('./people/LinkShown.tsx')).LinkShown }));
const PersonDrawer = lazily(async () => ({ default: (await import('./people/PersonDrawer.tsx')).PersonDrawer }));
const ReviewDrawer = lazily(async () => ({ default: (await import('./people/ReviewDrawer.tsx')).ReviewDrawer }));

const PeoplePage = () => {
  const { t } = useTranslation('setup');
  return useMay('manage-access') ? <People /> : <Barred title={t('people.title')} why={t('mayNot.manage')} />;
};

/** Who works here, what each may, and how to let somebody in or out. */
const People = () => {
  const { t } = useTranslation('setup');
  const session = useSession();
  const query = useQuery(peopleQuery);
  const change = useSearchChange();
  const { person: shown, review } = useSearch({ strict: false }) as { person?: string; review?: string };
  const [invites, setInvites] = useState(false);
  const [link, setLink] = useState<Link>();
  return (
    <Page
      title={t('people.title')}
      about={t('people.about')}
      actions={
        <>
          <Action needs="manage-access" variant="default" onClick={() => change({ review: 'all' })}>
            {t('people.review')}
          </Action>
          <Action needs="manage-access" onClick={() => setInvites(true)}>
            {t('people.invite')}
          </Action>
        </>
      }
    >
      <SetupNav />
      <Loaded query={query} height={320}>
        {({ items }) => {
          const person = items.find(({ id }) => id === shown);
          const isOnly = countManagers(items) <= 1;
          const own =
            person && session.person.id === `person:${person.id}` ? t(isOnly ? 'people.lastManager' : 'people.ownAccess') : undefined;
          return (
            <>
              {isOnly && <Notice>{t('people.lastOne')}</Notice>}
              <PeopleList people={items} onOpen={({ id }) => change({ person: id })} />
              {person && <PersonDrawer person={person} own={own} onClose={() => change({ person: undefined })} />}
            </>
          );
        }}
      </Loaded>
      {review && <ReviewDrawer onClose={() => change({ review: undefined })} />}
      {invites && (
        <InviteDialog
          onClose={() => setInvites(false)}
          onInvited={(made) => {
            setInvites(false);
            setLink(made);
          }}
        />
      )}
      {link && <LinkShown link={link} onClose={() => setLink(undefined)} />}
    </Page>
  );
};

export default PeoplePage;
