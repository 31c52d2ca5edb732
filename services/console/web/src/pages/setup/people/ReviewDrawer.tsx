import { Button, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { access } from '../../../api/services.ts';
import type { Permission } from '../../../api/session.ts';
import { listed } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import stacked from '../../../ui/Stacked.module.css';
import { Status } from '../../../ui/Status.tsx';
import { When } from '../../../ui/When.tsx';
import { useStoreNames } from '../parts/useStoreNames.ts';

/** Everybody, person or program, who comes in: what each may, when it was last used, and what to look at. */
export const ReviewDrawer = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation('setup');
  const storeNames = useStoreNames();
  const query = useQuery(access.read('/access-review'));
  return (
    <SidePanel title={t('review.title')} size="xl" onClose={onClose}>
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
            <Table aria-label={t('review.title')} verticalSpacing="xs" className={stacked.table}>
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
                    <Table.Td data-label={t('review.may')}>
                      {listed(line.permissions.map((one) => t(`permission.${one as Permission}`)))}
                      <br />
                      {storeNames(line.stores)}
                    </Table.Td>
                    <Table.Td data-label={t('review.used')}>
                      <When at={line.lastUsedAt ?? undefined} />
                    </Table.Td>
                    <Table.Td data-label={t('review.look')}>
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
          )}
        </Loaded>
      </Stack>
    </SidePanel>
  );
};

type Remark = 'unused-for-90-days' | 'without-second-factor' | 'sees-buyers' | 'manages-access' | 'expires-soon' | 'maker-disabled';
