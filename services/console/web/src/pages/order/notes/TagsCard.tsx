import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { done, order as orders } from '../../../api/services.ts';
import { useMay } from '../../../api/session.ts';
import { Card } from '../../../ui/Card.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { useChange } from './change.ts';

/** Its tags: by them orders are found again. */
export const TagsCard = ({ facts: { order } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const may = useMay('operate');
  const gate = order.actions.find(({ action }) => action === 'set-tags');
  const save = useChange(
    (tags: readonly string[]) =>
      done(orders.PUT('/orders/{orderId}/tags', { params: { path: { orderId: order.id } }, body: { tags: [...tags] } })),
    t('tags.saved'),
  );
  return (
    <Card title={t('tags.title')}>
      <TagsInput
        aria-label={t('tags.title')}
        placeholder={t('tags.placeholder')}
        value={save.isPending ? [...save.variables.to] : order.tags}
        onChange={(tags) => save.mutate({ to: tags, from: order.tags })}
        disabled={!may || gate?.allowed === false}
        description={may ? gate?.why : undefined}
        maxTags={20}
        clearable={false}
      />
    </Card>
  );
};
