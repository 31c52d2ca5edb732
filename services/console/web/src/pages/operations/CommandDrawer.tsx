import { Code, Group, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../api/services.ts';
import { Action } from '../../ui/Action.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Money } from '../../ui/Money.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Status } from '../../ui/Status.tsx';
import { sayDone, sayFailed } from '../../ui/said.tsx';
import { sayingOf, type Facts as Told } from '../../ui/told.ts';
import { When } from '../../ui/When.tsx';
import { toneOfCommand, waitsOf } from './commands.ts';

/** One line of the ledger: what was asked, what Amazon answered, what reading back showed, and what a person can do. */
export const CommandDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('operations');
  const query = useQuery(gateway.read('/commands/{id}', { params: { path: { id } } }));
  const queries = useQueryClient();
  const [asks, setAsks] = useState<'retry' | 'done' | 'failed'>();
  const act = async (note: string): Promise<void> => {
    const params = { path: { id } };
    if (asks === 'retry') await done(gateway.POST('/commands/{id}/retry', { params }));
    else if (asks) await done(gateway.POST('/commands/{id}/settle', { params, body: { as: asks, note } }));
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
    sayDone(t('ledger.decided'));
  };
  const look = async (): Promise<void> => {
    await done(gateway.POST('/commands/{id}/read-back', { params: { path: { id } } }));
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
    sayDone(t('ledger.looking'));
  };
  return (
    <SidePanel title={t('ledger.one')} onClose={onClose}>
      <Loaded query={query} height={480}>
        {(command) => {
          const resolved = command.state === 'done';
          const needs = command.kind === 'refund' ? 'refund' : 'operate';
          return (
            <Stack>
              <Facts
                facts={[
                  [t('ledger.kind'), t(`kind.${command.kind}`)],
                  [
                    t('ledger.order'),
                    <OrderLink key="order" reference={command.orderId}>
                      {command.amazonOrderId}
                    </OrderLink>,
                  ],
                  [
                    t('ledger.state'),
                    <Status key="state" tone={toneOfCommand(command.state)}>
                      {t(`command.${command.state}`)}
                    </Status>,
                  ],
                  [t('ledger.waits'), waitsOf(command)],
                  [t('ledger.asked'), exactly(command.requestedAt)],
                  [t('ledger.next'), exactly(command.nextAttemptAt)],
                  [t('ledger.attempts'), String(command.attempts)],
                  [t('ledger.deadline'), exactly(command.deadline)],
                  [t('ledger.uncertain'), exactly(command.uncertainAt)],
                  [t('ledger.submitted'), exactly(command.submittedAt)],
                  [t('ledger.settled'), exactly(command.settledAt)],
                  [t('ledger.obstacle'), command.obstacle && `${sayingOf(command.obstacle)} (${command.obstacle.code})`],
                  [t('ledger.answer'), command.answer && <Answer key="answer" answer={command.answer} />],
                  [t('ledger.readBack'), command.readBack && <Answer key="back" answer={command.readBack} />],
                  [
                    t('ledger.decision'),
                    command.decision && `${command.decision.did}: ${command.decision.by}. ${command.decision.note ?? ''}`,
                  ],
                  [
                    t('ledger.booking'),
                    command.booking && <Money minor={command.booking.amountMinor} currency={command.booking.currency} />,
                  ],
                  [t('ledger.key'), <Code key="key">{command.naturalKey}</Code>],
                ]}
              />
              <Text fw={600} size="sm">
                {t('ledger.request')}
              </Text>
              <Code block tabIndex={0}>
                {JSON.stringify(command.request, undefined, 2)}
              </Code>
              <Group>
                <Action needs={needs} impossible={resolved ? t('ledger.isDone') : undefined} onClick={() => setAsks('retry')}>
                  {t('ledger.retry')}
                </Action>
                <Action needs={needs} variant="default" impossible={whyNoLook(command, t)} onClick={() => void look().catch(sayFailed)}>
                  {t('ledger.look')}
                </Action>
                <Action
                  needs={needs}
                  variant="default"
                  impossible={resolved ? t('ledger.isDone') : undefined}
                  onClick={() => setAsks('done')}
                >
                  {t('ledger.settleDone')}
                </Action>
                <Action
                  needs={needs}
                  variant="default"
                  impossible={resolved ? t('ledger.isDone') : undefined}
                  onClick={() => setAsks('failed')}
                >
                  {t('ledger.settleFailed')}
                </Action>
              </Group>
            </Stack>
          );
        }}
      </Loaded>
      {asks && (
        <ConfirmDialog
          title={t(`ledger.ask.${asks}.title`)}
          action={t(`ledger.ask.${asks}.action`)}
          danger={asks === 'failed'}
          reason={asks === 'retry' ? undefined : { label: t('ledger.why'), required: true }}
          onConfirm={act}
          onClose={() => setAsks(undefined)}
        >
          {t(`ledger.ask.${asks}.text`)}
        </ConfirmDialog>
      )}
    </SidePanel>
  );
};

/** Only a call without an answer is looked after. */
const whyNoLook = (
  { state, kind }: { readonly state: string; readonly kind: string },
  t: ReturnType<typeof useTranslation<'operations'>>['t'],
): string | undefined => {
  if (state !== 'unknown') return t('ledger.lookNot');
  return kind === 'invoice' ? t('ledger.lookNotInvoice') : undefined;
};

const exactly = (at: string | undefined) => at && <When at={at} as="exact" />;

interface AnswerFacts {
  readonly result: 'accepted' | 'refused' | 'not-sent' | 'unknown' | 'found' | 'absent';
  readonly at: string;
  readonly words?: string | undefined;
  readonly code?: string | undefined;
  readonly facts?: Told | undefined;
  readonly requestId?: string | undefined;
}

const Answer = ({ answer: { result, at, words, code, facts, requestId } }: { readonly answer: AnswerFacts }) => {
  const { t } = useTranslation('operations');
  return (
    <>
      {t(`result.${result}`)} · <When at={at} as="exact" />
      {words && <> · {sayingOf({ code, words, facts })}</>}
      {code && <> ({code})</>}
      {requestId && (
        <>
          {' '}
          · {t('errors.request')} {requestId}
        </>
      )}
    </>
  );
};
