import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { day, time } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { useOrderAddress } from '../address.ts';
import type { OrderTabProps } from '../tab-props.ts';
import { byDay } from './arranged.ts';
import { type Entry, timelineQuery } from './entries.ts';
import classes from './Timeline.module.css';
import { toneOfEntry } from './tone.ts';
import { useEventWords } from './useEventWords.ts';

const most = 14;

/** The last that happened, beside everything else. */
export const ShortTimeline = ({ facts: { order } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { showTab } = useOrderAddress();
  const timeline = useQuery(timelineQuery(order.id));
  return (
    <Card title={t('tab.timeline')}>
      <Loaded query={timeline} height={320}>
        {({ entries }) => (
          <>
            {byDay(entries.slice(-most), day).map(([date, ofDay]) => (
              <div key={date} className={classes.day}>
                <h3 className={classes.date}>{date}</h3>
                <ol className={classes.short}>
                  {ofDay.map((entry) => (
                    <ShortEntry key={entry.id} entry={entry} />
                  ))}
                </ol>
              </div>
            ))}
            <button type="button" className={classes.all} onClick={() => showTab('timeline')}>
              {t('timeline.all', { count: entries.length })}
            </button>
          </>
        )}
      </Loaded>
    </Card>
  );
};

const ShortEntry = ({ entry }: { readonly entry: Entry }) => {
  const { t } = useTranslation('order');
  const words = useEventWords();
  return (
    <li className={classes.brief} data-tone={toneOfEntry(entry)}>
      <time dateTime={entry.at} className={classes.time}>
        {time(entry.at)}
      </time>
      <span className={classes.dot} aria-hidden="true" />
      <span>
        {words(entry)}
        {entry.person && <span className={classes.by}> {t('timeline.by', { name: entry.person })}</span>}
      </span>
    </li>
  );
};
