import { Button, Drawer, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { access } from '../../../api/services.ts';
import type { Permission } from '../../../api/session.ts';
import { listed } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';

/** Everybody, person or program, who comes in: what each may, when it was last used, and what to look at. */
export const ReviewDrawer = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation(['setup', 'common']);
  const storeNames = useStoreNames();
  const query = useQuery(access.read('/access-review'));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={t('review.title')}
      closeButtonProps={{ 'aria-label': t('common:do.close') }}
    >
      <Stack align="start">
        <Text size="sm">{t('review.about')}</Text>
        <Button
          component="a"
          variant="default"
          href={`${access.baseUrl}/access-review.csv`}
          download
          leftSection={<Download size={16} aria-hidden="true" />}
        >
          {t('review.csv')}
        </Button>
        <Loaded query={query} height={320}>
          {({ items }) => (
            <section aria-label={t('review.title')} style={{ overflowX: 'auto', width: '100%' }}>
              <Table aria-label={t('review.title')} miw={640} verticalSpacing="xs">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th scope="col">{t('review.who')}</Table.Th>
                    <Table.Th scope="col">{t('review.may')}</Table.Th>
                    <Table.Th scope="col">{t('review.used')}</Table.Th>
                    <Table.Th scope="col">{t('review.look')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.map((line) => (
                    <Table.Tr key={`${line.kind} ${line.id}`}>
                      <Table.Th scope="row" fw={400}>
                        <strong>{line.name}</strong>
                        <br />
                        {line.kind === 'key' ? t('review.key', { email: line.email }) : line.email}
                      </Table.Th>
                      <Table.Td>
                        {listed(line.permissions.map((one) => t(`permission.${one as Permission}`)))}
                        <br />
                        {storeNames(line.stores)}
                      </Table.Td>
                      <Table.Td>
                        <When at={line.lastUsedAt ?? undefined} />
                      </Table.Td>
                      <Table.Td>
                        {line.remarks.map((remark) => (
                          <div key={remark}>
                            <Status tone="attention">{t(`review.remark.${remark as Remark}`)}</Status>
                          </div>
                        ))}
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </section>
          )}
        </Loaded>
      </Stack>
    </Drawer>
  );
};

type Remark = 'unused-for-90-days' | 'without-second-factor' | 'sees-buyers' | 'manages-access' | 'expires-soon' | 'maker-disabled';
