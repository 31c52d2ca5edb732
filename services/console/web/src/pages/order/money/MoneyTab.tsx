import { useMay } from '../../../api/session.ts';
import type { OrderTabProps } from '../tab-props.ts';
import { BalanceCard } from './BalanceCard.tsx';
import { BooksCard } from './BooksCard.tsx';
import { CreditMemosCard } from './CreditMemosCard.tsx';
import { InvoicesCard } from './InvoicesCard.tsx';
import classes from './Money.module.css';

/** What was billed, what went back, and how the books stand. */
const MoneyTab = ({ facts }: OrderTabProps) => (
  <div className={classes.stack}>
    <BalanceCard facts={facts} />
    <InvoicesCard facts={facts} />
    <CreditMemosCard facts={facts} />
    {useMay('books') && <BooksCard facts={facts} />}
  </div>
);

export default MoneyTab;
