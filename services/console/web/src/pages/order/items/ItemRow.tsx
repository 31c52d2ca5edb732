import { Badge, Table, Text } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Money } from '../../../ui/Money.tsx';
import { useProgramNames } from '../../../ui/programs.ts';
import { Status } from '../../../ui/Status.tsx';
import { Copy } from '../Copy.tsx';
import type { OrderLine } from '../facts.ts';
import { productAtAmazon } from '../seller-central.ts';
import classes from './ItemRow.module.css';
import { type Item, taxOf } from './items.ts';

export interface ItemRowProps {
  readonly item: Item;
  readonly currency: string | undefined;
  /** Of the marketplace. */
  readonly domain: string | undefined;
  /** How many collect tax on the order: where it is one, the order says who. */
  readonly collectors: number;
}

export const ItemRow = ({ item, currency, domain, collectors }: ItemRowProps) => {
  const { t } = useTranslation('order');
  const { line } = item;
  const { amounts } = line;
  return (
    <Table.Tr>
      <Table.Th scope="row" className={classes.product}>
        <Product line={line} domain={domain} />
      </Table.Th>
      <Table.Td data-label={t('items.quantity')}>
        <Quantities item={item} />
      </Table.Td>
      <Table.Td data-label={t('items.stock')}>
        <Stock item={item} />
      </Table.Td>
      <Table.Td ta="end" data-label={t('items.price')}>
        <Money minor={amounts?.itemMinor} currency={currency} />
        <Extra words={t('items.shipping')} minor={amounts?.shippingMinor} currency={currency} />
        <Extra words={t('items.giftWrap')} minor={amounts?.giftWrapMinor} currency={currency} />
        <Extra words={t('items.discount')} minor={amounts?.discountMinor} currency={currency} />
        <Extra words={t('items.other')} minor={amounts?.otherMinor} currency={currency} />
      </Table.Td>
      <Table.Td ta="end" data-label={t('items.tax')}>
        <Money minor={taxOf(line)} currency={currency} />
        {line.taxes && (
          <Text size="xs" c="dimmed" className={classes.extra}>
            {t(line.taxes.included ? 'items.taxIncluded' : 'items.taxAdded')}
          </Text>
        )}
        {collectors > 1 && (
          <Text size="xs" c="dimmed" className={classes.extra}>
            {t(`items.taxBy.${line.taxCollectedBy}`)}
          </Text>
        )}
      </Table.Td>
      <Table.Td ta="end" fw={600} data-label={t('items.total')}>
        <Money minor={amounts?.totalMinor} currency={currency} />
      </Table.Td>
    </Table.Tr>
  );
};

const Product = ({ line, domain }: { readonly line: OrderLine; readonly domain: string | undefined }) => {
  const { t } = useTranslation('order');
  const programName = useProgramNames();
  return (
    <>
      <div className={classes.title}>{line.title}</div>
      <div className={classes.codes}>
        <span>
          {t('items.sku', { sku: line.sku })}
          <Copy text={line.sku} what={t('items.skuName')} />
        </span>
        {line.sellerSku && <span>{t('items.sellerSku', { sku: line.sellerSku })}</span>}
        {line.asin && (
          <a href={productAtAmazon(line.asin, domain)} target="_blank" rel="noopener noreferrer" className={classes.link}>
            {t('items.asin', { asin: line.asin })}
            <ExternalLink size={12} aria-hidden="true" />
          </a>
        )}
        <span>{t('items.lineId', { id: line.lineId })}</span>
      </div>
      <div className={classes.marks}>
        {line.programs?.map((program) => (
          <Badge key={program} variant="light" color="gray" tt="none">
            {programName(program)}
          </Badge>
        ))}
        {line.promotionIds?.map((id) => (
          <span key={id} className={classes.mark}>
            {t('items.promotion', { id })}
          </span>
        ))}
        {line.iossNumber && <span className={classes.mark}>{t('items.ioss', { number: line.iossNumber })}</span>}
      </div>
    </>
  );
};

const counts = ['shipped', 'invoiced', 'refunded', 'canceled'] as const;

const Quantities = ({ item: { line, units, returned } }: { readonly item: Item }) => {
  const { t } = useTranslation('order');
  return (
    <ul className={classes.counts}>
      <li>
        <strong>{t('items.count.ordered', { count: units?.ordered ?? line.quantity })}</strong>
      </li>
      {counts.map((name) => {
        const count = units ? units[name] : name === 'shipped' ? line.quantityShipped : 0;
        return count > 0 && <li key={name}>{t(`items.count.${name}`, { count })}</li>;
      })}
      {returned > 0 && <li>{t('items.count.returned', { count: returned })}</li>}
      {units && units.toShip > 0 && <li>{t('items.count.toShip', { count: units.toShip })}</li>}
    </ul>
  );
};

const Stock = ({ item: { stock, missing } }: { readonly item: Item }) => {
  const { t } = useTranslation('order');
  if (missing)
    return <Status tone="stopped">{t(`items.missing.${missing.cause}`, { wanted: missing.wanted, available: missing.available })}</Status>;
  if (!stock) return <span>–</span>;
  if (!stock.fromStock) return <Status tone="quiet">{t('items.notCounted')}</Status>;
  const places = stock.allocations.filter(({ reserved }) => reserved > 0);
  return (
    <>
      <Status tone={stock.short ? 'stopped' : stock.reserved > 0 ? 'ok' : 'quiet'}>
        {stock.short ? t('items.short') : t('items.reserved', { count: stock.reserved })}
      </Status>
      {places.map(({ location, reserved }) => (
        <Text key={location} size="xs" c="dimmed">
          {t('items.inLocation', { count: reserved, location })}
        </Text>
      ))}
    </>
  );
};

const Extra = ({
  words,
  minor,
  currency,
}: {
  readonly words: string;
  readonly minor: number | undefined;
  readonly currency: string | undefined;
}) =>
  minor ? (
    <Text size="xs" c="dimmed" className={classes.extra}>
      {words} <Money minor={minor} currency={currency} />
    </Text>
  ) : null;
