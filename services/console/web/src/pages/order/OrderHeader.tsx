import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStatuses } from '../../api/statuses.ts';
import { toneOfState } from '../../ui/order-states.ts';
import { useProgramNames } from '../../ui/programs.ts';
import { Status } from '../../ui/Status.tsx';
import { When } from '../../ui/When.tsx';
import { AtAmazon } from './AtAmazon.tsx';
import { Copy } from './Copy.tsx';
import type { OrderFacts } from './facts.ts';
import classes from './OrderHeader.module.css';
import { ShipBy } from './ShipBy.tsx';

interface Props {
  readonly facts: OrderFacts;
}

/** Beside the title: its numbers to be copied, its status, and what is special about it. */
export const OrderAbout = ({ facts: { order } }: Props) => {
  const { t } = useTranslation('order');
  const programName = useProgramNames();
  return (
    <span className={classes.about}>
      {order.number !== null && order.number !== order.amazonOrderId && (
        <>
          <Copy text={order.number} what={t('number.ours')} />
          <span className={classes.number}>{t('number.atAmazon', { number: order.amazonOrderId })}</span>
        </>
      )}
      <Copy text={order.amazonOrderId} what={t('number.amazon')} />
      <Status tone={toneOfState(order.state)}>
        <strong>{useStatuses().nameOf(order.status, order.state)}</strong>
      </Status>
      {order.fulfilledBy === 'amazon' && (
        <Badge variant="light" className={classes.program}>
          {t('byAmazon')}
        </Badge>
      )}
      {order.programs.map((program) => (
        <Badge key={program} variant="light" color={program === 'prime' ? 'indigo' : 'gray'} className={classes.program}>
          {programName(program)}
        </Badge>
      ))}
    </span>
  );
};

/** Below the title: by when, where it was sold, and the way to Amazon. */
export const OrderLead = ({ facts }: Props) => {
  const { t } = useTranslation('order');
  const { order, marketplace, store } = facts;
  return (
    <div className={classes.lead}>
      <ShipBy facts={facts} />
      <span>
        {t('soldIn', { store: store?.name ?? order.tenant, marketplace: marketplace?.name ?? order.marketplaceId })}
        {' · '}
        {t('bought')} <When at={order.purchasedAt} zone={marketplace?.timeZone} />
      </span>
      <AtAmazon order={order} />
      {order.note && <span className={classes.note}>{order.note}</span>}
    </div>
  );
};
