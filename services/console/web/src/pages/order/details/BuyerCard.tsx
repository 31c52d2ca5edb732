import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { EyeOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { order as orders } from '../../../api/services.ts';
import { Action } from '../../../ui/Action.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { lazily } from '../../../ui/lazily.tsx';
import type { Buyer } from '../facts.ts';
import { about } from '../news.ts';
import type { OrderTabProps } from '../tab-props.ts';
import { BuyerFacts } from './BuyerFacts.tsx';
import classes from './DetailsTab.module.css';
import { useRevealed } from './revealed.ts';

const RevealDialog = lazily(async () => ({ default: (await import('./RevealDialog.tsx')).RevealDialog }));

/** The buyer and where it goes: masked, until somebody says what he needs it for. */
export const BuyerCard = ({ facts: { order, marketplace } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const masked = useQuery(about(order.id, orders.read('/orders/{orderId}/buyer', { params: { path: { orderId: order.id } } })));
  const { revealed, reveal, mask } = useRevealed(order.id);
  const [asking, ask] = useDisclosure();
  const impossible = masked.data && masked.data.state !== 'kept' ? t(`buyer.${masked.data.state}`) : undefined;
  return (
    <Card
      title={t('buyer.title')}
      actions={
        !revealed && (
          <Action needs="see-buyer-data" impossible={impossible} size="compact-sm" variant="default" onClick={ask.open}>
            {t('buyer.show')}
          </Action>
        )
      }
    >
      {revealed && (
        <div className={classes.left}>
          <span role="timer">{t('buyer.left', { count: revealed.secondsLeft })}</span>
          <Button size="compact-sm" variant="default" onClick={mask} leftSection={<EyeOff size={14} aria-hidden="true" />}>
            {t('buyer.hide')}
          </Button>
        </div>
      )}
      <Loaded query={masked} height={160}>
        {(about) => (
          <Known about={revealed?.buyer ?? about} lines={order.lines} zone={marketplace?.timeZone} issues={order.addressIssues} />
        )}
      </Loaded>
      {asking && <RevealDialog onClose={ask.close} onReveal={reveal} />}
    </Card>
  );
};

type KnownProps = React.ComponentProps<typeof BuyerFacts>;

const Known = (props: KnownProps) => {
  const { t } = useTranslation('order');
  const { state }: Buyer = props.about;
  return state === 'kept' ? <BuyerFacts {...props} /> : <Empty title={t(`buyer.${state}`)} text={t(`buyer.${state}Text`)} />;
};
