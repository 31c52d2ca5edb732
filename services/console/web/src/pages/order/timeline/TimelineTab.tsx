import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { day } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { AwayNote, serviceName } from '../AwayNote.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { byDay, filtered } from './arranged.ts';
import { kinds, timelineQuery } from './entries.ts';
import classes from './Timeline.module.css';
import { TimelineItem } from './TimelineItem.tsx';
import { useTimelineFilter } from './useTimelineFilter.ts';

/** Everything that ever happened to the order, in all services, by whom and when. */
const TimelineTab = ({ facts: { order, marketplace } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const [filter, setFilter] = useTimelineFilter();
  const timeline = useQuery(timelineQuery(order.id));
  return (
    <Card>
      <Loaded query={timeline} height={480}>
        {({ entries, incomplete }) => {
          const services = [...new Set(entries.map(({ service }) => service))].toSorted();
          const found = filtered(entries, filter);
          return (
            <>
              <AwayNote services={incomplete} />
              <div className={classes.filters}>
                <NativeSelect
                  label={t('timeline.service')}
                  value={filter.service ?? ''}
                  onChange={({ currentTarget }) => setFilter({ ...filter, service: currentTarget.value })}
                  data={[{ value: '', label: t('timeline.every') }, ...services.map((value) => ({ value, label: serviceName(value, t) }))]}
                />
                <NativeSelect
                  label={t('timeline.kind')}
                  value={filter.kind ?? ''}
                  onChange={({ currentTarget }) => setFilter({ ...filter, kind: currentTarget.value })}
                  data={[
                    { value: '', label: t('timeline.every') },
                    ...kinds.map((value) => ({ value, label: t(`timeline.kinds.${value}`) })),
                  ]}
                />
              </div>
              {found.length === 0 && <Empty title={t('timeline.none')} text={t('timeline.noneText')} />}
              {byDay(found, day).map(([date, ofDay]) => (
                <section key={date} className={classes.day} aria-label={date}>
                  <h2 className={classes.date}>{date}</h2>
                  <ol className={classes.list}>
                    {ofDay.map((entry) => (
                      <TimelineItem key={entry.id} entry={entry} zone={marketplace?.timeZone} />
                    ))}
                  </ol>
                </section>
              ))}
            </>
          );
        }}
      </Loaded>
    </Card>
  );
};

export default TimelineTab;
