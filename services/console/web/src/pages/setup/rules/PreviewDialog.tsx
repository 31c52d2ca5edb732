import { Code, Modal, NativeSelect, SimpleGrid, Stack, Tabs, Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, notification } from '../../../api/services.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { type AlertKind, alertKinds, isAlertKind } from '../alerts/kinds.ts';
import { kindsOf, type Rule } from './rules.ts';

const several = 12;

const previewQuery = (body: { kind: AlertKind; language: 'en' | 'de'; timeZone: string; count: number }) =>
  queryOptions({
    queryKey: ['notification', '/previews', body],
    queryFn: () => done(notification.POST('/previews', { body })),
    staleTime: Number.POSITIVE_INFINITY,
    meta: { live: false },
  });

/** What is sent, as text: in either language, about one or about several, to each kind of recipient. */
export const PreviewDialog = ({ rule, onClose }: { readonly rule: Rule; readonly onClose: () => void }) => {
  const { t } = useTranslation(['alerts', 'common']);
  const kinds = kindsOf(rule) ?? alertKinds;
  const [kind, setKind] = useState<AlertKind>(kinds[0] ?? 'order-blocked');
  const [language, setLanguage] = useState<'en' | 'de'>(rule.language);
  const query = useQuery(previewQuery({ kind, language, timeZone: rule.timeZone, count: 1 }));
  const many = useQuery(previewQuery({ kind, language, timeZone: rule.timeZone, count: several }));
  return (
    <Modal opened onClose={onClose} title={t('preview.title')} size="xl" closeButtonProps={{ 'aria-label': t('common:do.close') }}>
      <Stack>
        <Text size="sm">{t('preview.invented')}</Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="md" verticalSpacing="xs">
          <NativeSelect
            label={t('preview.kind')}
            value={kind}
            data-autofocus
            onChange={({ currentTarget: { value } }) => isAlertKind(value) && setKind(value)}
            data={kinds.map((one) => ({ value: one, label: t(`kinds.${one}`) }))}
          />
          <NativeSelect
            label={t('preview.language')}
            value={language}
            onChange={({ currentTarget: { value } }) => setLanguage(value === 'de' ? 'de' : 'en')}
            data={[
              { value: 'en', label: t('form.en') },
              { value: 'de', label: t('form.de') },
            ]}
          />
        </SimpleGrid>
        <Loaded query={query} height={320}>
          {({ title, text, slack, webhook }) => (
            <Tabs defaultValue="mail" keepMounted={false}>
              <Tabs.List>
                <Tabs.Tab px="xs" value="mail">
                  {t('preview.mail')}
                </Tabs.Tab>
                <Tabs.Tab px="xs" value="many">
                  {t('preview.many')}
                </Tabs.Tab>
                <Tabs.Tab px="xs" value="slack">
                  {t('preview.slack')}
                </Tabs.Tab>
                <Tabs.Tab px="xs" value="program">
                  {t('preview.program')}
                </Tabs.Tab>
              </Tabs.List>
              <Tabs.Panel value="mail" pt="md">
                <Mail language={language} title={title} text={text} />
              </Tabs.Panel>
              <Tabs.Panel value="many" pt="md">
                <Loaded query={many} height={240}>
                  {(digest) => <Mail language={language} title={digest.title} text={digest.text} />}
                </Loaded>
              </Tabs.Panel>
              <Tabs.Panel value="slack" pt="md">
                <Json value={slack} />
              </Tabs.Panel>
              <Tabs.Panel value="program" pt="md">
                <Json value={webhook} />
              </Tabs.Panel>
            </Tabs>
          )}
        </Loaded>
      </Stack>
    </Modal>
  );
};

const Mail = ({ language, title, text }: { readonly language: string; readonly title: string; readonly text: string }) => {
  const { t } = useTranslation('alerts');
  return (
    <Stack gap="xs">
      <Text>
        {t('preview.subject')}: <strong lang={language}>{title}</strong>
      </Text>
      <Code block tabIndex={0} lang={language} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {text}
      </Code>
    </Stack>
  );
};

const Json = ({ value }: { readonly value: unknown }) => (
  <Code block tabIndex={0}>
    {JSON.stringify(value, undefined, 2)}
  </Code>
);
