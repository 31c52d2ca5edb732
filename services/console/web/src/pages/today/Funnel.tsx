import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { number } from '../../ui/format.ts';
import { orderStates, toneOfState } from '../../ui/order-states.ts';
import { Status } from '../../ui/Status.tsx';
import type { Overview } from './answers.ts';
import classes from './Funnel.module.css';
import { ordersIn } from './states.ts';

/** How many orders stand where. Each line leads to its orders. */
export const Funnel = ({ counts }: { readonly counts: Overview['states'] }) => {
  const { t } = useTranslation(['today', 'common']);
  const most = Math.max(...orderStates.map((state) => ordersIn(counts, state)));
  return (
    <Card title={t('today:funnel.title')} flush>
      {most === 0 ? (
        <Empty title={t('today:funnel.nothing')} text={t('today:funnel.nothingText')} />
      ) : (
        <ul className={classes.funnel}>
          {orderStates.map((state) => (
            <li key={state}>
              <Link to="/orders" search={{ state }} className={classes.step}>
                <Status tone={toneOfState(state)}>{t(`common:state.${state}`)}</Status>
                <span className={classes.count}>{number(ordersIn(counts, state))}</span>
                <span className={classes.bar} aria-hidden="true">
                  <span data-state={state} style={{ width: `${(100 * ordersIn(counts, state)) / most}%` }} />
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
};
