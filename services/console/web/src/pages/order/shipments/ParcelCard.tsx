import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { Status, type Tone } from '../../../ui/Status.tsx';
import { sayingOf } from '../../../ui/told.ts';
import { ActionsOf } from '../ActionButton.tsx';
import { Both } from '../Both.tsx';
import { Copy } from '../Copy.tsx';
import { Fact, FactList } from '../FactList.tsx';
import type { OrderFacts, Shipment, Shipping } from '../facts.ts';
import { LineList } from './LineList.tsx';
import classes from './Shipments.module.css';
import { trackingPage } from './tracking.ts';

export interface ParcelCardProps {
  readonly shipment: Shipment;
  readonly shipping: Shipping;
  readonly facts: OrderFacts;
}

/** A parcel: what is in it, who carries it, where Amazon stands with it, and how it is put right. */
export const ParcelCard = ({ shipment, shipping, facts }: ParcelCardProps) => {
  const { t } = useTranslation('order');
  const zone = facts.marketplace?.timeZone;
  return (
    <Card
      title={t('parcel.title', { position: shipment.position })}
      actions={<ActionsOf facts={facts} of="shipment" about={shipment.id} />}
    >
      <div className={classes.parcel}>
        <LineList lines={shipment.lines} shipping={shipping} />
        <FactList>
          <Fact name={t('parcel.state')}>{t(`parcel.states.${shipment.state}`)}</Fact>
          <Fact name={t('parcel.amazon')}>
            <AtAmazon amazon={shipment.amazon} />
          </Fact>
          <Fact name={t('parcel.carrier')}>{[shipment.carrier, shipment.service].filter(Boolean).join(' · ')}</Fact>
          <Fact name={t('parcel.tracking')}>{shipment.trackingNumber && <Tracking shipment={shipment} />}</Fact>
          <Fact name={t('parcel.shippedAt')}>{shipment.shippedAt && <Both at={shipment.shippedAt} zone={zone} />}</Fact>
          <Fact name={t('parcel.acceptedAt')}>{shipment.amazon.acceptedAt && <Both at={shipment.amazon.acceptedAt} zone={zone} />}</Fact>
          <Fact name={t('parcel.reference')}>{shipment.amazon.packageReference}</Fact>
          <Fact name={t('parcel.label')}>{t(`parcel.labels.${shipment.labelFrom}`)}</Fact>
          <Fact name={t('parcel.corrections')}>{shipment.revision > 1 && t('parcel.corrected', { count: shipment.revision - 1 })}</Fact>
          <Fact name={t('parcel.made')}>
            {t('parcel.madeBy', { name: shipment.createdBy })} <Both at={shipment.createdAt} zone={undefined} />
          </Fact>
          <Fact name={t('parcel.voidReason')}>{shipment.voidReason}</Fact>
          <Fact name={t('parcel.codes')}>{codesOf(shipment)}</Fact>
        </FactList>
      </div>
      {shipment.amazon.refusal && (
        <p className={classes.refusal}>
          {t('parcel.refused', { words: sayingOf(shipment.amazon.refusal), code: shipment.amazon.refusal.code })}
        </p>
      )}
    </Card>
  );
};

const tones: Readonly<Record<Shipment['amazon']['state'], Tone>> = {
  none: 'quiet',
  waiting: 'waiting',
  uncertain: 'attention',
  accepted: 'ok',
  refused: 'stopped',
};

export const AtAmazon = ({ amazon }: { readonly amazon: { readonly state: keyof typeof tones } }) => {
  const { t } = useTranslation('order');
  return <Status tone={tones[amazon.state]}>{t(`parcel.atAmazon.${amazon.state}`)}</Status>;
};

const Tracking = ({ shipment: { carrier, trackingNumber = '' } }: { readonly shipment: Shipment }) => {
  const { t } = useTranslation('order');
  const page = trackingPage(carrier, trackingNumber);
  return (
    <span className={classes.tracking}>
      {trackingNumber}
      <Copy text={trackingNumber} what={t('parcel.tracking')} />
      {page && (
        <a href={page} target="_blank" rel="noopener noreferrer" className={classes.link}>
          {t('parcel.follow')}
          <ExternalLink size={12} aria-hidden="true" />
        </a>
      )}
    </span>
  );
};

const codesOf = ({ lines }: Shipment): string => lines.flatMap(({ transparencyCodes = [] }) => transparencyCodes).join(', ');
