import { useTranslation } from 'react-i18next';
import { cityOf, isElsewhere, moment } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { Status, type Tone } from '../../ui/Status.tsx';
import type { OrderFacts } from './facts.ts';
import { type Nearness, nearnessOf, shipByOf, timeBetween } from './ship-by.ts';

const tones: Readonly<Record<Nearness, Tone>> = { missed: 'stopped', soon: 'attention', later: 'quiet' };

/** By when it has to leave: where the marketplace is, where the reader is, and how long that is from now. */
export const ShipBy = ({ facts }: { readonly facts: OrderFacts }) => {
  const { t } = useTranslation('order');
  const now = useNow();
  const shipBy = shipByOf(facts);
  if (shipBy === undefined) return null;
  const nearness = nearnessOf(shipBy, now);
  const zone = facts.marketplace?.timeZone;
  return (
    <span>
      <time dateTime={shipBy}>
        {zone ? t('shipBy.there', { at: moment(shipBy, zone), zone: cityOf(zone) }) : t('shipBy.yours', { at: moment(shipBy) })}
      </time>
      {zone && isElsewhere(zone, shipBy) && ` · ${t('when.yours', { ns: 'common', at: moment(shipBy) })}`}
      {' · '}
      <Status tone={tones[nearness]}>
        <TimeLeft shipBy={shipBy} now={now} />
      </Status>
    </span>
  );
};

const TimeLeft = ({ shipBy, now }: { readonly shipBy: string; readonly now: number }) => {
  const { t } = useTranslation('order');
  const left = timeBetween(shipBy, now);
  const span = t(left.days > 0 ? 'span.days' : left.hours > 0 ? 'span.hours' : 'span.minutes', { ...left });
  return t(nearnessOf(shipBy, now) === 'missed' ? 'shipBy.missed' : 'shipBy.left', { span });
};
