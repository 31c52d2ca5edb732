import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { wordsFor } from '../codes.ts';
import { Fact, FactList } from '../FactList.tsx';
import { orderAtAmazon, ordersAtAmazon } from '../seller-central.ts';
import type { OrderTabProps } from '../tab-props.ts';
import classes from './DetailsTab.module.css';
import { taxFactsOf } from './tax-facts.ts';

/** How it is paid and sent, what is special about its tax, and the ways to Amazon. */
export const PaymentCard = ({ facts: { order, shipping } }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { collectedBy, iossNumbers, schemes, included } = taxFactsOf(order.lines);
  const schemeWords: Readonly<Record<string, string>> = t('taxScheme', { returnObjects: true });
  const levels: Readonly<Record<string, string>> = t('serviceLevel', { returnObjects: true });
  const isPaidAtDoor = [order.programs, ...order.lines.map((line) => line.programs)].some((list) => list?.includes('cash-on-delivery'));
  const mayCancel = order.actions.some(({ action, allowed }) => action === 'request-cancel' && allowed);
  return (
    <Card title={t('payment.title')}>
      <FactList>
        <Fact name={t('payment.how')}>{t(isPaidAtDoor ? 'payment.atDoor' : 'payment.atAmazon')}</Fact>
        <Fact name={t('payment.number')}>{order.amazonOrderId}</Fact>
        <Fact name={t('payment.currency')}>{order.totals?.currency}</Fact>
        <Fact name={t('payment.sentBy')}>{t(order.fulfilledBy === 'amazon' ? 'payment.byAmazon' : 'payment.byYou')}</Fact>
        <Fact name={t('payment.service')}>{order.serviceLevel && wordsFor(levels, order.serviceLevel)}</Fact>
        <Fact name={t('payment.units')}>{unitsWords(order.units, shipping?.toShip, t)}</Fact>
        <Fact name={t('payment.taxBy')}>{collectedBy && t(`payment.taxCollected.${collectedBy}`)}</Fact>
        <Fact name={t('payment.prices')}>{included !== undefined && t(included ? 'payment.withTax' : 'payment.withoutTax')}</Fact>
        <Fact name={t('payment.scheme')}>{schemes.length > 0 && schemes.map((scheme) => wordsFor(schemeWords, scheme)).join(', ')}</Fact>
        <Fact name={t('payment.ioss')}>{iossNumbers.join(', ')}</Fact>
      </FactList>
      <div className={classes.links}>
        <OutLink href={orderAtAmazon(order)}>{t(mayCancel ? 'atAmazon.viewOrCancel' : 'atAmazon.view')}</OutLink>
        <OutLink href={ordersAtAmazon(order)}>{t('atAmazon.all')}</OutLink>
      </div>
    </Card>
  );
};

const OutLink = ({ href, children }: { readonly href: string; readonly children: string }) => (
  <a href={href} target="_blank" rel="noopener noreferrer" className={classes.link}>
    {children}
    <ExternalLink size={13} aria-hidden="true" />
  </a>
);

const unitsWords = (units: number, toShip: number | undefined, t: ReturnType<typeof useTranslation<'order'>>['t']): string =>
  toShip ? t('payment.unitsLeft', { units: t('units', { count: units }), left: toShip }) : t('units', { count: units });
