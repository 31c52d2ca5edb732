import { useTranslation } from 'react-i18next';
import { listed, moment } from '../../../ui/format.ts';
import { Fact, FactList } from '../FactList.tsx';
import type { Buyer, OrderLine } from '../facts.ts';
import { AddressLines } from './AddressLines.tsx';

export interface BuyerFactsProps {
  readonly about: Buyer;
  readonly lines: readonly OrderLine[];
  readonly zone: string | undefined;
  /** Fields of the address that no carrier would take. */
  readonly issues: readonly string[];
}

/** All that is known of the buyer; of a masked one, initials, city and country. */
export const BuyerFacts = ({ about, lines, issues }: BuyerFactsProps) => {
  const { t } = useTranslation('order');
  const { buyer, masked, correction, legalHold, purgeDueAt } = about;
  return (
    <FactList>
      <Fact name={t('buyer.name')}>{buyer.name}</Fact>
      <Fact name={t('buyer.company')}>{buyer.company}</Fact>
      <Fact name={t('buyer.email')}>{buyer.email ?? (masked && t('buyer.masked'))}</Fact>
      <Fact name={t('buyer.purchaseOrder')}>{buyer.purchaseOrder}</Fact>
      <Fact name={t('buyer.recipient')}>{buyer.recipient && <AddressLines address={buyer.recipient} masked={masked} />}</Fact>
      <Fact name={t('buyer.phone')}>{buyer.recipient?.phone}</Fact>
      <Fact name={t('buyer.issues')}>
        {issues.length > 0 && t('buyer.issuesIn', { fields: listed(issues.map((field) => fieldWord(field, t))) })}
      </Fact>
      <Fact name={t('buyer.corrected')}>
        {correction && t('buyer.correctedBy', { name: correction.by, at: moment(correction.at), reason: correction.reason })}
      </Fact>
      <Fact name={t('buyer.original')}>{correction?.original && <AddressLines address={correction.original} masked={masked} />}</Fact>
      <Fact name={t('buyer.dropOff')}>{buyer.delivery?.dropOff}</Fact>
      <Fact name={t('buyer.instruction')}>{buyer.delivery?.instruction}</Fact>
      {buyer.gifts?.map(({ lineId, message, wrapLevel }) => (
        <Fact key={lineId} name={t('buyer.gift', { item: titleIn(lines, lineId) })}>
          {[wrapLevel, message].filter(Boolean).join(': ')}
        </Fact>
      ))}
      {buyer.customizations?.map(({ lineId, url }) => (
        <Fact key={lineId} name={t('buyer.customization', { item: titleIn(lines, lineId) })}>
          <Outside url={url} />
        </Fact>
      ))}
      {buyer.taxRegistrations?.map(({ party, type, number, name }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a registration has no name of its own.
        <Fact key={index} name={t('buyer.tax')}>
          {[party, name, type, number].filter(Boolean).join(' · ')}
        </Fact>
      ))}
      <Fact name={t('buyer.purge')}>{purgeDueAt && moment(purgeDueAt)}</Fact>
      <Fact name={t('buyer.legalHold')}>
        {legalHold && t('buyer.legalHoldBy', { name: legalHold.by, until: moment(legalHold.until), reason: legalHold.reason })}
      </Fact>
    </FactList>
  );
};

/** A link only where it is one: what comes from outside may say anything. */
const Outside = ({ url }: { readonly url: string }) =>
  url.startsWith('https://') ? (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {url}
    </a>
  ) : (
    url
  );

const titleIn = (lines: readonly OrderLine[], lineId: string): string => lines.find((line) => line.lineId === lineId)?.title ?? lineId;

const fields = ['name', 'lines', 'city', 'state', 'postalCode', 'country', 'phone'] as const;

const fieldWord = (field: string, t: ReturnType<typeof useTranslation<'order'>>['t']): string => {
  const known = fields.find((one) => one === field.split('.')[0]);
  return known === undefined ? field : t(`field.${known}`);
};
