import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { LeftToShip } from './LeftToShip.tsx';
import { ParcelCard } from './ParcelCard.tsx';
import { PickupCard } from './PickupCard.tsx';
import { ReturnsCard } from './ReturnsCard.tsx';
import classes from './Shipments.module.css';

/** What has left, what is left, and what came back. */
const ShipmentsTab = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { shipping, order } = facts;
  if (!shipping || order.fulfilledBy === 'amazon')
    return (
      <Card>
        <Empty
          title={t(order.fulfilledBy === 'amazon' ? 'shipments.byAmazon' : 'shipments.unknown')}
          text={t(order.fulfilledBy === 'amazon' ? 'shipments.byAmazonText' : 'shipments.unknownText')}
        />
      </Card>
    );
  return (
    <div className={classes.stack}>
      <LeftToShip facts={facts} shipping={shipping} />
      {shipping.programs.includes('in-store-pickup') && <PickupCard facts={facts} shipping={shipping} />}
      {shipping.shipments.map((shipment) => (
        <ParcelCard key={shipment.id} shipment={shipment} shipping={shipping} facts={facts} />
      ))}
      <ReturnsCard facts={facts} />
    </div>
  );
};

export default ShipmentsTab;
