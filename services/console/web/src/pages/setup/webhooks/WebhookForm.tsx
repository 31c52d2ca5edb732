import { Code, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, notification } from '../../../api/services.ts';
import { useSession } from '../../../api/session.ts';
import { sayDone } from '../../../ui/said.tsx';
import { FormDialog } from '../parts/FormDialog.tsx';
import { type Stores, StoresField } from '../parts/StoresField.tsx';
import { useOnce } from '../parts/useOnce.ts';
import { TopicsField } from './TopicsField.tsx';
import type { Webhook } from './webhooks.ts';

export interface WebhookFormProps {
  /** Absent: a new one. */
  readonly webhook?: Webhook | undefined;
  readonly onMade: (made: { readonly name: string; readonly secret: string }) => void;
  readonly onClose: () => void;
}

const fields = ['description', 'url', 'topics', 'stores'];

/** Where a program is told, of what, and for which stores. */
export const WebhookForm = ({ webhook, onMade, onClose }: WebhookFormProps) => {
  const { t } = useTranslation(['webhooks', 'common']);
  const session = useSession();
  const queries = useQueryClient();
  const once = useOnce();
  const [description, setDescription] = useState(webhook?.description ?? '');
  const [url, setUrl] = useState('');
  const [topics, setTopics] = useState<readonly string[]>(webhook?.topics ?? ['order.*']);
  const [stores, setStores] = useState<Stores>(webhook ? (webhook.stores ?? '*') : session.stores);
  const about = { description: description.trim(), topics: [...topics] };
  const make = async (): Promise<void> => {
    const body = { ...about, url: url.trim(), enabled: true, ...(stores === '*' ? {} : { stores: [...stores] }) };
    const made = await once((header) => done(notification.POST('/webhooks', { params: { header }, body })));
    onMade({ name: made.description, secret: made.secret });
  };
  const change = async (id: string): Promise<void> => {
    await done(
      notification.PATCH('/webhooks/{id}', {
        params: { path: { id } },
        body: { ...about, ...(url.trim() === '' ? {} : { url: url.trim() }), stores: stores === '*' ? null : [...stores] },
      }),
    );
    sayDone(t('saved', { name: about.description }));
    onClose();
  };
  const submit = async (): Promise<void> => {
    await (webhook ? change(webhook.id) : make());
    await queries.invalidateQueries({ queryKey: ['notification'] });
  };
  const ready = about.description !== '' && (webhook !== undefined || url.trim() !== '') && topics.length > 0 && stores.length > 0;
  return (
    <FormDialog
      title={t(webhook ? 'form.edit' : 'form.new')}
      action={webhook ? t('common:do.save') : t('form.make')}
      ready={ready}
      fields={fields}
      onSubmit={submit}
      onClose={onClose}
    >
      {(mistake) => (
        <>
          <TextInput
            label={t('name')}
            description={t('form.nameHint')}
            required
            data-autofocus
            error={mistake('description')}
            value={description}
            onChange={({ currentTarget }) => setDescription(currentTarget.value)}
          />
          <TextInput
            label={t('url')}
            description={webhook ? t('form.urlKept', { url: webhook.url }) : t('form.urlHint')}
            type="url"
            required={webhook === undefined}
            placeholder="https://hooks.example.com/orderbus"
            error={mistake('url')}
            value={url}
            onChange={({ currentTarget }) => setUrl(currentTarget.value)}
          />
          <TopicsField value={topics} onChange={setTopics} error={mistake('topics')} />
          <StoresField value={stores} onChange={setStores} error={mistake('stores')} />
          <details>
            <summary style={{ minHeight: 24 }}>{t('form.call')}</summary>
            <Text size="sm" my="xs">
              {t('form.callText')}
            </Text>
            <Code block tabIndex={0}>
              {example}
            </Code>
          </details>
        </>
      )}
    </FormDialog>
  );
};

const example = `POST /orderbus HTTP/1.1
content-type: application/json
webhook-id: 01981f0c-5a2e-7d31-9c44-0b6f1e2d3a4b
webhook-timestamp: 1772359200
webhook-signature: v1,K5oZfzN95Z9U…

{
  "type": "order.created",
  "timestamp": "2026-03-01T10:00:00Z",
  "id": "01981f0c-5a2e-7d31-9c44-0b6f1e2d3a4b",
  "version": 1,
  "tenant": "main",
  "aggregateId": "7ac1db81-…",
  "aggregateVersion": 1,
  "correlationId": "…",
  "data": { "number": "000000012", … }
}`;
