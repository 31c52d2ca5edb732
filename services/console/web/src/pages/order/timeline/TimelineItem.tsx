import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cityOf, isElsewhere, moment, time } from '../../../ui/format.ts';
import { serviceName } from '../AwayNote.tsx';
import { Copy } from '../Copy.tsx';
import type { Entry } from './entries.ts';
import classes from './Timeline.module.css';
import { toneOfEntry } from './tone.ts';
import { useEventWords } from './useEventWords.ts';

/** One thing that happened: what, when and by whom; with its ids and its data for whoever wants to know it exactly. */
export const TimelineItem = ({ entry, zone }: { readonly entry: Entry; readonly zone: string | undefined }) => {
  const { t } = useTranslation('order');
  const words = useEventWords();
  const [open, setOpen] = useState(false);
  const details = useId();
  return (
    <li className={classes.entry} data-tone={toneOfEntry(entry)}>
      <time dateTime={entry.at} className={classes.time}>
        {time(entry.at)}
      </time>
      <span className={classes.dot} aria-hidden="true" />
      <div>
        <div className={classes.sentence}>{words(entry)}</div>
        <div className={classes.meta}>
          {entry.person && <span>{t('timeline.by', { name: entry.person })}</span>}
          <span>{serviceName(entry.service, t)}</span>
          {zone && isElsewhere(zone, entry.at) && <span>{t('timeline.there', { time: time(entry.at, zone), zone: cityOf(zone) })}</span>}
          <button
            type="button"
            className={classes.expand}
            onClick={() => setOpen(!open)}
            aria-expanded={open}
            aria-controls={details}
            aria-label={t(open ? 'timeline.hideOf' : 'timeline.showOf', { what: words(entry) })}
          >
            {t(open ? 'timeline.hide' : 'timeline.show')}
          </button>
        </div>
        <div id={details} hidden={!open}>
          {open && <Details entry={entry} zone={zone} />}
        </div>
      </div>
    </li>
  );
};

const Details = ({ entry, zone }: { readonly entry: Entry; readonly zone: string | undefined }) => {
  const { t } = useTranslation('order');
  const ids = [
    ['id', entry.id],
    ['aggregate', entry.aggregateId],
    ['correlation', entry.correlationId],
    ['causation', entry.causationId],
  ] as const;
  return (
    <>
      <div className={classes.meta}>
        <span>{t('timeline.type', { type: entry.type })}</span>
        <span>{t('timeline.occurred', { at: moment(entry.occurredAt) })}</span>
        <span>{t('timeline.recorded', { at: moment(entry.at) })}</span>
        {zone && isElsewhere(zone, entry.occurredAt) && (
          <span>{t('timeline.occurredThere', { at: moment(entry.occurredAt, zone), zone: cityOf(zone) })}</span>
        )}
      </div>
      <div className={classes.meta}>
        {ids.map(
          ([name, id]) =>
            id && (
              <span key={name}>
                {t(`timeline.ids.${name}`, { id })}
                <Copy text={id} what={t(`timeline.ids.${name}`, { id: '' })} />
              </span>
            ),
        )}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard. */}
      <section className={classes.raw} tabIndex={0} aria-label={t('timeline.data')}>
        <pre>{JSON.stringify(entry.data, null, 2)}</pre>
      </section>
    </>
  );
};
