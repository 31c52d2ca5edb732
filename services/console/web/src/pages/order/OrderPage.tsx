import { useTranslation } from 'react-i18next';
import { Waiting } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import { useOrderAddress } from './address.ts';
import { useOrderFacts } from './facts.ts';
import { NoOrder } from './NoOrder.tsx';
import { OrderView } from './OrderView.tsx';

const OrderPage = () => {
  const { t } = useTranslation('order');
  const { reference } = useOrderAddress();
  const found = useOrderFacts(reference);
  if (found.facts) return <OrderView key={found.facts.order.id} facts={found.facts} away={found.away} error={found.error} />;
  return (
    <Page title={t('title', { reference })}>
      {found.error ? <NoOrder error={found.error} reference={reference} retry={found.refetch} /> : <Waiting height={480} />}
    </Page>
  );
};

export default OrderPage;
