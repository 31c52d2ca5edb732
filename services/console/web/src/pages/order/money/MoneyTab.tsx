import { useMay } from '../../../api/session.ts';
import { Waiting } from '../../../ui/Loaded.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { BalanceCard } from './BalanceCard.tsx';
import { BooksCard } from './BooksCard.tsx';
import { CreditMemosCard } from './CreditMemosCard.tsx';
import { InvoicesCard } from './InvoicesCard.tsx';
import classes from './Money.module.css';

/** What was billed, what went back, and how the books stand. */
const MoneyTab = ({ facts }: OrderTabProps) => {
  const mayReadBooks = useMay('books');
  if (facts.isBilling) return <Waiting height={640} />;
  return (
    <div className={classes.stack}>
      <BalanceCard facts={facts} />
      <InvoicesCard facts={facts} />
      <CreditMemosCard facts={facts} />
      {mayReadBooks && <BooksCard facts={facts} />}
    </div>
  );
};

export default MoneyTab;
