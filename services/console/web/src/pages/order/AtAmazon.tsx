import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import classes from './AtAmazon.module.css';
import type { Order } from './facts.ts';
import { orderAtAmazon, ordersAtAmazon } from './seller-central.ts';

interface Props {
  readonly order: Pick<Order, 'country' | 'amazonOrderId' | 'state'>;
}

const over: ReadonlySet<Order['state']> = new Set(['complete', 'closed', 'canceled']);

/** The ways to Seller Central: where it is looked at, where Amazon cancels it as long as that is possible, and where all of them are. */
export const AtAmazon = ({ order }: Props) => {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('atAmazon.links')} className={classes.links}>
      <OutLink href={orderAtAmazon(order)}>{t('atAmazon.view')}</OutLink>
      {!over.has(order.state) && <OutLink href={orderAtAmazon(order)}>{t('atAmazon.cancel')}</OutLink>}
      <OutLink href={ordersAtAmazon(order)}>{t('atAmazon.all')}</OutLink>
    </nav>
  );
};

const OutLink = ({ href, children }: { readonly href: string; readonly children: string }) => (
  <a href={href} target="_blank" rel="noopener noreferrer" className={classes.link}>
    {children}
    <ExternalLink size={13} aria-hidden="true" />
  </a>
);
