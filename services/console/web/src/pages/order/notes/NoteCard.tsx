import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order as orders } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { Card } from '../../../ui/Card.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { useChange } from './change.ts';

const longest = 2_000;

/** The one note that is kept with the order, and shown wherever it is listed. */
export const NoteCard = ({ facts: { order } }: OrderTabProps) => {
  const { t } = useTranslation(['order', 'common']);
  // What somebody is writing is his until he saves it, whatever others do meanwhile.
  const [draft, setDraft] = useState<string>();
  const save = useChange(
    (note: string | null) => done(orders.PUT('/orders/{orderId}/note', { params: { path: { orderId: order.id } }, body: { note } })),
    t('order:note.saved'),
  );
  const gate = order.actions.find(({ action }) => action === 'set-note');
  const isChanged = draft !== undefined && draft.trim() !== (order.note ?? '');
  return (
    <Card title={t('order:note.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isChanged) return;
          save.mutate({ to: draft.trim() || null, from: order.note }, { onSuccess: () => setDraft(undefined) });
        }}
      >
        <Textarea
          aria-label={t('order:note.title')}
          placeholder={t('order:note.placeholder')}
          value={draft ?? order.note ?? ''}
          onChange={({ currentTarget }) => setDraft(currentTarget.value)}
          autosize
          minRows={2}
          maxLength={longest}
        />
        <Group mt="xs" gap="xs" mih={30}>
          {isChanged && (
            <>
              <Action
                type="submit"
                needs="operate"
                impossible={gate?.allowed === false ? gate.why : undefined}
                size="xs"
                loading={save.isPending}
              >
                {t('common:do.save')}
              </Action>
              <Button size="xs" variant="default" onClick={() => setDraft(undefined)}>
                {t('common:do.cancel')}
              </Button>
            </>
          )}
        </Group>
      </form>
    </Card>
  );
};
