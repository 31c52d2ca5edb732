import { Autocomplete, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Shipping } from '../facts.ts';
import classes from './actions.module.css';
import { Lines } from './Lines.tsx';
import { type PackageDraft, quantityOf } from './shipment.ts';
import { carrierBy, exampleInstead } from './tracking.ts';
import { useCarriers } from './usualCarrier.ts';

export interface PackageFieldsProps {
  readonly draft: PackageDraft;
  readonly lines: Shipping['lines'];
  /** The most units of a line that can be in it. */
  readonly mostOf: (lineId: string) => number;
  readonly onChange: (fields: Partial<PackageDraft>) => void;
  readonly onQuantity: (lineId: string, quantity: number) => void;
  /** Enter in the tracking number, as scanners send it after the number. */
  readonly onScanned: (field: HTMLInputElement) => void;
  /** What is wrong with one of: `lines`, `carrier`, `trackingNumber`, `service`, `codes.<line>`. */
  readonly mistakeOf: (field: string) => string | undefined;
  readonly needsCarrier: boolean;
  readonly autoFocus?: boolean;
}

/** What is in a parcel, who takes it, and under which number. */
export const PackageFields = ({ draft, lines, onChange, onScanned, mistakeOf, needsCarrier, ...rest }: PackageFieldsProps) => {
  const { t } = useTranslation('actions');
  const carriers = useCarriers();
  const example = exampleInstead(draft.carrier, draft.tracking);
  const shown = lines.map((line) => ({ ...line, most: rest.mostOf(line.lineId) })).filter(({ most }) => most > 0);
  const typeTracking = (tracking: string): void => {
    const told = draft.carrier.trim() === '' ? carrierBy(tracking) : undefined;
    onChange({ tracking, ...(told === undefined ? {} : { carrier: told }) });
  };
  return (
    <>
      <Lines lines={shown} quantityOf={(lineId) => quantityOf(draft, lineId)} onChange={rest.onQuantity} label={t('ship.inPackage')} />
      {mistakeOf('lines') && (
        <p role="alert" className={classes.mistake}>
          {mistakeOf('lines')}
        </p>
      )}
      {shown
        .filter(({ lineId, needsCodes }) => needsCodes && quantityOf(draft, lineId) > 0)
        .map(({ lineId, title }) => (
          <Textarea
            key={lineId}
            mt="sm"
            autosize
            minRows={1}
            label={t('ship.codes', { title })}
            description={t('ship.codesHint', { count: quantityOf(draft, lineId) })}
            value={draft.codes[lineId] ?? ''}
            error={mistakeOf(`codes.${lineId}`)}
            onChange={({ currentTarget: { value } }) => onChange({ codes: { ...draft.codes, [lineId]: value } })}
          />
        ))}
      <div className={classes.fields} data-spaced>
        <TextInput
          label={t('ship.tracking')}
          description={example === undefined ? undefined : t('ship.looksOdd', { carrier: draft.carrier, example })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('ship.trackingHint')}
          autoComplete="off"
          spellCheck={false}
          data-tracking
          data-autofocus={rest.autoFocus || undefined}
          maxLength={100}
          value={draft.tracking}
          error={mistakeOf('trackingNumber')}
          onChange={({ currentTarget: { value } }) => typeTracking(value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onScanned(event.currentTarget);
          }}
        />
        <Autocomplete
          label={t('ship.carrier')}
          required={needsCarrier}
          data={[...carriers]}
          limit={8}
          maxLength={100}
          value={draft.carrier}
          error={mistakeOf('carrier')}
          onChange={(carrier) => onChange({ carrier })}
        />
        <TextInput
          label={t('ship.service')}
          placeholder={t('ship.serviceHint')}
          maxLength={100}
          value={draft.service}
          error={mistakeOf('service')}
          onChange={({ currentTarget: { value } }) => onChange({ service: value })}
        />
      </div>
    </>
  );
};
