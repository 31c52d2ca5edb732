import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { gateway } from '../../../../api/services.ts';
import { useSession } from '../../../../api/session.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Facts } from '../../../../ui/Facts.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { Status } from '../../../../ui/Status.tsx';
import { When } from '../../../../ui/When.tsx';

/** What this installation is: real or played, and whether it sends anything. */
export const InstallationCard = () => {
  const { t } = useTranslation('stores');
  const { sandboxUrl } = useSession();
  const query = useQuery(gateway.read('/installation'));
  return (
    <Card title={t('installation.title')}>
      <Loaded query={query} height={140}>
        {({ id, url, confirmedAt, confirmedBy, readOnly, note }) => (
          <Stack gap="xs">
            <span>{t(sandboxUrl === undefined ? 'installation.real' : 'installation.plays')}</span>
            <Facts
              facts={[
                [
                  t('installation.writes'),
                  <span key="writes">
                    <Status tone={readOnly ? 'attention' : 'ok'}>{t(readOnly ? 'installation.readOnly' : 'installation.written')}</Status>{' '}
                    {note} <Link to="/sync">{t('installation.change')}</Link>
                  </span>,
                ],
                [t('installation.url'), url],
                [
                  t('installation.confirmed'),
                  <span key="confirmed">
                    <When at={confirmedAt} as="exact" />{' '}
                    {confirmedBy === undefined ? t('installation.firstStart') : t('installation.since', { name: confirmedBy })}
                  </span>,
                ],
                [t('installation.id'), id],
              ]}
            />
          </Stack>
        )}
      </Loaded>
    </Card>
  );
};
