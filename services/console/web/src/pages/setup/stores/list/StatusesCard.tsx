import { ActionIcon, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../../api/services.ts';
import { useMay } from '../../../../api/session.ts';
import { useStatusName } from '../../../../api/statuses.ts';
import { Card } from '../../../../ui/Card.tsx';
import { ConfirmDialog } from '../../../../ui/ConfirmDialog.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { lazily } from '../../../../ui/lazily.tsx';
import { sayDone } from '../../../../ui/said.tsx';
import type { OrderStatus } from '../answers.ts';
import { useSeesAll } from '../store.ts';
import classes from './StatusesCard.module.css';

const StatusDialog = lazily(async () => ({ default: (await import('./StatusDialog.tsx')).StatusDialog }));

type State = OrderStatus['state'];

type Asked = { readonly add: State } | { readonly edit: OrderStatus } | { readonly remove: OrderStatus };

const states: readonly State[] = ['pending', 'new', 'blocked', 'processing', 'held', 'complete', 'closed', 'canceled'];

/** What orders are called, state by state. */
export const StatusesCard = () => {
  const { t } = useTranslation('stores');
  const query = useQuery(order.read('/statuses'));
  const mayChange = useMay('administer');
  const seesAll = useSeesAll();
  const [asked, setAsked] = useState<Asked>();
  return (
    <Card title={t('statuses.title')}>
      <Stack gap="xs">
        <Text c="dimmed">{t('statuses.about')}</Text>
        <Loaded query={query} height={304}>
          {({ items }) => (
            <>
              <dl className={classes.states}>
                {states.map((state) => (
                  <StateRow
                    key={state}
                    state={state}
                    statuses={items.filter((one) => one.state === state)}
                    onAsk={mayChange && seesAll ? setAsked : undefined}
                  />
                ))}
              </dl>
              {asked && <Answer asked={asked} statuses={items} onClose={() => setAsked(undefined)} />}
            </>
          )}
        </Loaded>
      </Stack>
    </Card>
  );
};

interface StateRowProps {
  readonly state: State;
  readonly statuses: readonly OrderStatus[];
  /** Absent for those who may only look. */
  readonly onAsk: ((asked: Asked) => void) | undefined;
}

const StateRow = ({ state, statuses, onAsk }: StateRowProps) => {
  const { t } = useTranslation(['stores', 'common']);
  const nameOf = useStatusName();
  return (
    <div>
      <dt>{t(`common:state.${state}`)}</dt>
      <dd>
        {statuses.map((status) => (
          <span key={status.code} className={classes.chip}>
            <span>{nameOf(status)}</span>
            {status.isDefault && <span className={classes.usual}>{t('statuses.usual')}</span>}
            {onAsk && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('statuses.edit', { name: nameOf(status) })}
                onClick={() => onAsk({ edit: status })}
              >
                <Pencil size={14} aria-hidden="true" />
              </ActionIcon>
            )}
            {onAsk && !status.isDefault && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="sm"
                aria-label={t('statuses.remove', { name: nameOf(status) })}
                onClick={() => onAsk({ remove: status })}
              >
                <X size={14} aria-hidden="true" />
              </ActionIcon>
            )}
          </span>
        ))}
        {onAsk && (
          <ActionIcon
            variant="subtle"
            size="md"
            aria-label={t('statuses.addTo', { state: t(`common:state.${state}`) })}
            onClick={() => onAsk({ add: state })}
          >
            <Plus size={16} aria-hidden="true" />
          </ActionIcon>
        )}
      </dd>
    </div>
  );
};

interface AnswerProps {
  readonly asked: Asked;
  readonly statuses: readonly OrderStatus[];
  readonly onClose: () => void;
}

const Answer = ({ asked, statuses, onClose }: AnswerProps) => {
  const { t } = useTranslation('stores');
  const nameOf = useStatusName();
  const queries = useQueryClient();
  if ('add' in asked) return <StatusDialog state={asked.add} taken={statuses.map(({ code }) => code)} onClose={onClose} />;
  if ('edit' in asked) return <StatusDialog state={asked.edit.state} status={asked.edit} taken={[]} onClose={onClose} />;
  const { code } = asked.remove;
  const name = nameOf(asked.remove);
  const remove = async (): Promise<void> => {
    await done(order.DELETE('/statuses/{code}', { params: { path: { code } } }));
    await queries.invalidateQueries({ queryKey: ['order'] });
    sayDone(t('statuses.removed', { name }));
  };
  return (
    <ConfirmDialog
      title={t('statuses.removeTitle', { name })}
      action={t('statuses.remove', { name })}
      danger
      onConfirm={remove}
      onClose={onClose}
    >
      {t('statuses.removeText')}
    </ConfirmDialog>
  );
};
