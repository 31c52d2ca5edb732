import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { storesQuery, useScope } from '../../api/stores.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { FirstStore, NothingSold } from './FirstRun.tsx';
import { Funnel } from './Funnel.tsx';
import { Importing } from './Importing.tsx';
import { KeyRow } from './KeyRow.tsx';
import { NeedsCard } from './NeedsCard.tsx';
import { board, overviewOf } from './queries.ts';
import { Rebuilding } from './Rebuilding.tsx';
import { RecentOrders } from './RecentOrders.tsx';
import { SalesCard } from './SalesCard.tsx';
import { ShipBoardShort } from './ShipBoardShort.tsx';
import { StoreCards } from './StoreCards.tsx';
import classes from './TodayPage.module.css';

/** What needs me, what is going out today, and is Amazon in step? */
const TodayPage = () => {
  const { t } = useTranslation('today');
  const stores = useQuery(storesQuery);
  if (stores.data?.items.length === 0)
    return (
      <Page title={t('title')}>
        <FirstStore />
      </Page>
    );
  return (
    <Page title={t('title')}>
      <Dashboard />
    </Page>
  );
};

const Dashboard = () => {
  const store = useScope();
  const overview = useQuery({
    ...overviewOf(store),
    refetchInterval: ({ state: { data } }) => (data?.rebuilding ? 2_000 : false),
  });
  const stores = useQuery(storesQuery);
  const shipBy = useQuery(board);
  const rebuilding = overview.data?.rebuilding;
  const soldNothing = overview.data !== undefined && rebuilding === undefined && overview.data.sales.lifetime.length === 0;
  return (
    <>
      <Importing />
      {rebuilding && <Rebuilding {...rebuilding} />}
      {soldNothing && <NothingSold states={overview.data.states} />}
      <KeyRow overview={overview.data} board={shipBy.data} />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Loaded query={overview} height={408}>
            {({ sales, courses }) => <SalesCard sales={sales} courses={courses} />}
          </Loaded>
          {/* How high the card above is, only its currencies say. */}
          {!overview.isPending && <NeedsCard total={overview.data?.needsMe} />}
          {!overview.isPending && <RecentOrders />}
        </div>
        <div className={classes.column}>
          <Loaded query={overview} height={384}>
            {({ states }) => <Funnel counts={states} />}
          </Loaded>
          <Loaded query={shipBy} height={280}>
            {(data) => <ShipBoardShort board={data} />}
          </Loaded>
          <Loaded query={stores} height={240}>
            {({ items }) => <StoreCards stores={items.filter(({ id }) => store === undefined || id === store)} />}
          </Loaded>
        </div>
      </div>
    </>
  );
};

export default TodayPage;
