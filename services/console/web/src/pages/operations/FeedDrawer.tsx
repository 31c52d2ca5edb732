import { Stack, Table } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../api/services.ts';
import { Action } from '../../ui/Action.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { OrderLink } from '../../ui/OrderLink.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { Status } from '../../ui/Status.tsx';
import { When } from '../../ui/When.tsx';
import { toneOfFeed, wordsOf } from './feeds.ts';

/** A batch: what went to Amazon in it, and what Amazon said to each part. */
export const FeedDrawer = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }) => {
  const { t } = useTranslation('operations');
  const query = useQuery(gateway.read('/feeds/{id}', { params: { path: { id } } }));
  const queries = useQueryClient();
  const [asks, setAsks] = useState(false);
  const takeBack = async (): Promise<void> => {
    await done(gateway.POST('/feeds/{id}/cancel', { params: { path: { id } } }));
    await queries.invalidateQueries({ queryKey: ['amazon-gateway'] });
  };
  return (
    <SidePanel title={t('feeds.one')} onClose={onClose}>
      <Loaded query={query} height={480}>
        {(feed) => (
          <Stack>
            <Facts
              facts={[
                [t('feeds.type'), t(`feedType.${feed.type}`)],
                [
                  t('ledger.state'),
                  <Status key="state" tone={toneOfFeed[feed.state]}>
                    {t(`feed.${feed.state}`)}
                  </Status>,
                ],
                [t('feeds.amazon'), feed.amazonStatus && t(`feedAtAmazon.${feed.amazonStatus}`, { defaultValue: feed.amazonStatus })],
                [t('feeds.id'), feed.amazonFeedId],
                [t('feeds.opened'), <When key="opened" at={feed.openedAt} as="exact" />],
                [t('ledger.submitted'), feed.submittedAt && <When at={feed.submittedAt} as="exact" />],
                [t('feeds.nextLook'), feed.nextLookAt && <When at={feed.nextLookAt} as="exact" />],
                [t('feeds.stuck'), feed.stuckAt && <When at={feed.stuckAt} as="exact" />],
                [t('feeds.finished'), feed.finishedAt && <When at={feed.finishedAt} as="exact" />],
                [t('errors.message'), wordsOf(feed)],
              ]}
            />
            <Table aria-label={t('feeds.messages')}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th scope="col">#</Table.Th>
                  <Table.Th scope="col">{t('ledger.kind')}</Table.Th>
                  <Table.Th scope="col">{t('ledger.order')}</Table.Th>
                  <Table.Th scope="col">{t('ledger.state')}</Table.Th>
                  <Table.Th scope="col">{t('feeds.report')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {feed.commands.map(({ messageId, kind, orderId, amazonOrderId, state }) => (
                  <Table.Tr key={messageId}>
                    <Table.Td>{messageId}</Table.Td>
                    <Table.Td>{t(`kind.${kind}`)}</Table.Td>
                    <Table.Td>
                      <OrderLink reference={orderId}>{amazonOrderId}</OrderLink>
                    </Table.Td>
                    <Table.Td>{t(`command.${state}`)}</Table.Td>
                    <Table.Td>
                      {feed.report?.results
                        .filter((result) => result.messageId === messageId)
                        .map(({ code, words }) => (
                          <div key={code}>
                            {words} ({code})
                          </div>
                        ))}
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
            <div>
              <Action
                needs="operate"
                variant="default"
                impossible={feed.state === 'processing' ? undefined : t('feeds.notNow')}
                onClick={() => setAsks(true)}
              >
                {t('feeds.takeBack')}
              </Action>
            </div>
          </Stack>
        )}
      </Loaded>
      {asks && (
        <ConfirmDialog title={t('feeds.takeBack')} action={t('feeds.takeBack')} onConfirm={takeBack} onClose={() => setAsks(false)}>
          {t('feeds.takeBackText')}
        </ConfirmDialog>
      )}
    </SidePanel>
  );
};
