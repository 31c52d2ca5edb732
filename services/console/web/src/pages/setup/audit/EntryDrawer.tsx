import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../../ui/Facts.tsx';
import { useOrderNames } from '../../../ui/order-names.ts';
import { SidePanel } from '../../../ui/SidePanel.tsx';
import { Status } from '../../../ui/Status.tsx';
import { StoreName } from '../../../ui/StoreName.tsx';
import { When } from '../../../ui/When.tsx';
import { type Entry, toneOf } from './entries.ts';
import { orderIdsIn, Subject } from './Subjects.tsx';
import { useDeed, useFields, useReason } from './useDeed.ts';

const actorKinds = ['person', 'key', 'service'] as const;

/** One entry, with all that is on record. */
export const EntryDrawer = ({ entry, onClose }: { readonly entry: Entry; readonly onClose: () => void }) => {
  const { t } = useTranslation('audit');
  const orderName = useOrderNames(orderIdsIn([entry]));
  const deed = useDeed();
  const reasonWords = useReason();
  const fieldWords = useFields();
  const kind = actorKinds.find((one) => entry.actor.startsWith(`${one}:`)) ?? 'service';
  return (
    <SidePanel title={deed(entry.action)} onClose={onClose}>
      <Stack>
        <Facts
          facts={[
            [t('at'), <When key="at" at={entry.at} as="exact" />],
            [t('who'), `${entry.actorName} (${t(`kind.${kind}`)})`],
            [t('behalf', { name: '' }).trim(), entry.onBehalfOf],
            [
              t('outcome'),
              <Status key="outcome" tone={toneOf[entry.outcome]}>
                {t(`outcomes.${entry.outcome}`)}
              </Status>,
            ],
            [t('reason'), reasonWords(entry.reason)],
            [
              t('concerns'),
              entry.subjects.length === 0
                ? undefined
                : entry.subjects.map((subject) => (
                    <div key={subject}>
                      <Subject subject={subject} orderName={orderName} />
                    </div>
                  )),
            ],
            [t('store'), entry.tenant && <StoreName key="store" id={entry.tenant} />],
            [t('fields'), fieldWords(entry.fields)],
          ]}
        />
        {entry.fields.length > 0 && (
          <Text size="sm" c="dimmed">
            {t('fieldsNote')}
          </Text>
        )}
        <Facts
          facts={[
            [t('service.label'), t(`service.${entry.service}`)],
            [t('number'), entry.answers === null ? String(entry.seq) : t('answersTo', { seq: entry.seq, asked: entry.answers })],
            [t('action'), <Code key="action">{entry.action}</Code>],
            [t('status'), entry.status],
            [t('address'), entry.address],
            [t('request'), <Code key="request">{entry.correlationId}</Code>],
            [t('hash'), <Code key="hash">{entry.hash}</Code>],
            [t('previous'), <Code key="previous">{entry.prevHash}</Code>],
          ]}
        />
      </Stack>
    </SidePanel>
  );
};
