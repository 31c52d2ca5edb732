import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { Action } from '../../ui/Action.tsx';
import { useSearchChange } from '../../ui/filters.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { lazily } from '../../ui/lazily.tsx';
import { Page } from '../../ui/Page.tsx';
import { Barred } from './parts/Barred.tsx';
import { SetupNav } from './SetupNav.tsx';
import { WebhookList } from './webhooks/WebhookList.tsx';
import { webhooksQuery } from './webhooks/webhooks.ts';

const ShownOnce = lazily(async () => ({ default: (await import('./parts/ShownOnce.tsx')).ShownOnce }));
const WebhookDrawer = lazily(async () => ({ default: (await import('./webhooks/WebhookDrawer.tsx')).WebhookDrawer }));
const WebhookForm = lazily(async () => ({ default: (await import('./webhooks/WebhookForm.tsx')).WebhookForm }));

const WebhooksPage = () => {
  const { t } = useTranslation(['webhooks', 'setup']);
  return useMay('administer') ? <Webhooks /> : <Barred title={t('title')} why={t('setup:mayNot.administer')} />;
};

/** Programs that are told what happens. */
const Webhooks = () => {
  const { t } = useTranslation('webhooks');
  const change = useSearchChange();
  const query = useQuery(webhooksQuery);
  const { webhook: shown } = useSearch({ strict: false }) as { webhook?: string };
  const [adds, setAdds] = useState(false);
  const [made, setMade] = useState<{ readonly name: string; readonly secret: string }>();
  return (
    <Page
      title={t('title')}
      about={t('about')}
      actions={
        <Action needs="administer" onClick={() => setAdds(true)}>
          {t('add')}
        </Action>
      }
    >
      <SetupNav />
      <Loaded query={query} height={320}>
        {({ items }) => {
          const webhook = items.find(({ id }) => id === shown);
          return (
            <>
              <WebhookList webhooks={items} onOpen={({ id }) => change({ webhook: id })} />
              {webhook && <WebhookDrawer webhook={webhook} onSecret={setMade} onClose={() => change({ webhook: undefined })} />}
            </>
          );
        }}
      </Loaded>
      {adds && (
        <WebhookForm
          onClose={() => setAdds(false)}
          onMade={(secret) => {
            setAdds(false);
            setMade(secret);
          }}
        />
      )}
      {made && (
        <ShownOnce
          title={t('madeTitle', { name: made.name })}
          label={t('secret')}
          secret={made.secret}
          text={t('madeText')}
          onClose={() => setMade(undefined)}
        />
      )}
    </Page>
  );
};

export default WebhooksPage;
