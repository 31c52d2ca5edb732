import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { wordsFor } from '../../../ui/codes.ts';
import { Fact, FactList } from '../FactList.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { taxFactsOf } from './tax-facts.ts';

/** How it is paid and sent, and what is special about its tax. */
export const PaymentCard = ({ facts: { order, shipping } }: OrderTabProps) => {
  const { t } = useTranslation(['order', 'common']);
  const { collectedBy, iossNumbers, schemes, included } = taxFactsOf(order.lines);
  const schemeWords: Readonly<Record<string, string>> = t('taxScheme', { returnObjects: true });
  const levels: Readonly<Record<string, string>> = t('common:serviceLevel', { returnObjects: true });
  const isPaidAtDoor = [order.programs, ...order.lines.map((line) => line.programs)].some((list) => list?.includes('cash-on-delivery'));
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
    </Card>
  );
};

const unitsWords = (units: number, toShip: number | undefined, t: ReturnType<typeof useTranslation<['order', 'common']>>['t']): string =>
  toShip ? t('payment.unitsLeft', { units: t('units', { count: units }), left: toShip }) : t('units', { count: units });
