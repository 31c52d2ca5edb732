import type { OrderTabProps } from '../tab-props.ts';
import { BuyerCard } from './BuyerCard.tsx';
import classes from './DetailsTab.module.css';
import { OrderCard } from './OrderCard.tsx';
import { PaymentCard } from './PaymentCard.tsx';
import { StandingCard } from './StandingCard.tsx';
import { TotalsCard } from './TotalsCard.tsx';

/** What was bought, by whom, to where, until when, and for how much. */
export const DetailsTab = ({ facts }: OrderTabProps) => (
  <div className={classes.grid}>
    <div className={classes.column}>
      <StandingCard facts={facts} />
      <OrderCard facts={facts} />
      <PaymentCard facts={facts} />
    </div>
    <div className={classes.column}>
      <BuyerCard facts={facts} />
      <TotalsCard facts={facts} />
    </div>
  </div>
);
