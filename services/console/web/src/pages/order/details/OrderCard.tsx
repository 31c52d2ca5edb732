import { Badge, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { country } from '../../../ui/format.ts';
import { useProgramNames } from '../../../ui/programs.ts';
import { Both } from '../Both.tsx';
import { Fact, FactList } from '../FactList.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { Windowed } from '../Windowed.tsx';
import classes from './DetailsTab.module.css';

/** The order as it was bought: numbers, place, times. */
export const OrderCard = ({ facts: { order, marketplace, store } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const programName = useProgramNames();
  const zone = marketplace?.timeZone;
  return (
    <Card title={t('details.order')}>
      <FactList>
        <Fact name={t('number.ours')}>{order.number}</Fact>
        <Fact name={t('number.former')}>{order.formerNumber}</Fact>
        <Fact name={t('number.amazon')}>{order.amazonOrderId}</Fact>
        <Fact name={t('details.replaces')}>
          {order.replaces && (
            <Link to="/orders/$orderId" params={{ orderId: order.replaces }} className={classes.link}>
              {order.replaces}
            </Link>
          )}
        </Fact>
        <Fact name={t('details.store')}>{store?.name ?? order.tenant}</Fact>
        <Fact name={t('details.marketplace')}>
          {marketplace
            ? `${marketplace.name} (${marketplace.domain})`
            : [order.marketplaceId, order.country && country(order.country)].join(' ')}
        </Fact>
        <Fact name={t('details.purchased')}>
          <Both at={order.purchasedAt} zone={zone} />
        </Fact>
        <Fact name={t('details.shipBy')}>{order.shipBy && <Windowed window={order.shipBy} zone={zone} />}</Fact>
        <Fact name={t('details.deliverBy')}>{order.deliverBy && <Windowed window={order.deliverBy} zone={zone} />}</Fact>
        <Fact name={t('details.amazonStatus')}>{t(`amazonStatus.${order.amazonStatus}`)}</Fact>
        <Fact name={t('details.amazonUpdated')}>
          <Both at={order.amazonUpdatedAt} zone={zone} />
        </Fact>
        <Fact name={t('details.programs')}>{order.programs.length > 0 && order.programs.map(programName).join(', ')}</Fact>
        <Fact name={t('details.tags')}>
          {order.tags.length > 0 && (
            <Group gap={4}>
              {order.tags.map((tag) => (
                <Badge key={tag} variant="light" color="gray" tt="none">
                  {tag}
                </Badge>
              ))}
            </Group>
          )}
        </Fact>
        <Fact name={t('details.customer')}>
          {order.customerId && (
            <Link to="/orders" search={{ customerId: order.customerId }} className={classes.link}>
              {t('details.customerOrders')}
            </Link>
          )}
        </Fact>
      </FactList>
    </Card>
  );
};
