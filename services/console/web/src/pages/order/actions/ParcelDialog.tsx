import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import type { Shipment } from '../facts.ts';
import { ActionDialog } from './ActionDialog.tsx';
import type { ActionDialogProps } from './action.ts';
import { mistakesOf } from './mistakes.ts';
import { PackageFields } from './PackageFields.tsx';
import { changeOf, handOverOf, parcelFieldOf } from './parcel.ts';
import { fieldMoment, issuesIn, type PackageDraft, packageOf } from './shipment.ts';
import { readOnlyProspect } from './shipmentProspects.ts';
import { type OnceKey, useChange } from './useChange.ts';
import { rememberCarrier, usualCarrier } from './usualCarrier.ts';
import { whyNotParcel } from './why.ts';

interface ParcelDialogProps extends ActionDialogProps {
  readonly parcel: Shipment;
  /** Which parcel, where there are several. */
  readonly which: React.ReactNode;
  /** `edit` corrects what was said, `hand-over` says it for the first time. */
  readonly action: 'edit' | 'hand-over';
}

interface Draft extends PackageDraft {
  readonly shippedAt: string;
}

/** What is said about a parcel that is there: it leaves with it, or it is corrected. */
export const ParcelDialog = ({ facts, onClose, parcel, which, action }: ParcelDialogProps) => {
  const { t } = useTranslation('actions');
  const leaves = action === 'hand-over' || parcel.state === 'shipped';
  const [begun] = useState((): Draft => ({ ...withCarrier(packageOf(parcel), usualCarrier(facts)), shippedAt: momentOf(parcel) }));
  const [draft, setDraft] = useState(begun);
  const [tried, setTried] = useState(false);
  const lines = facts.shipping?.lines ?? [];
  const { run, running, problem } = useChange(
    (said: Draft, header) => (action === 'edit' ? edit(parcel, said) : handOver(parcel, said, header)),
    () => {
      rememberCarrier(draft.carrier);
      sayDone(t(`parcel.${action}.done`));
      onClose();
    },
  );
  const issues = new Map(issuesIn(draft, lines, leaves));
  const said = mistakesOf(problem, (field) => parcelFieldOf(field, draft));
  const mistakeOf = (field: string): string | undefined => {
    const issue = issues.get(field);
    return tried && issue !== undefined ? t(`ship.missing.${issue}`) : said.get(field);
  };
  const inHere = (lineId: string): number => parcel.lines.find((line) => line.lineId === lineId)?.quantity ?? 0;
  return (
    <ActionDialog
      wide
      title={t(`parcel.${action}.title`, { position: parcel.position })}
      onClose={onClose}
      verb={t(`parcel.${action}.verb`)}
      doing={t(`parcel.${action}.doing`)}
      onSubmit={() => {
        setTried(true);
        if (issues.size === 0) run(draft);
      }}
      running={running}
      problem={problem}
      fields={['lines', 'carrier', 'trackingNumber', 'service', 'shippedAt']}
      why={whyNotParcel(facts, action, t, parcel.id)}
      typed={draft !== begun}
      outlook={[
        leaves ? { who: 'amazon', text: t(`parcel.${action}.tells`) } : { who: 'amazon', text: t('ship.tellsLater') },
        leaves ? readOnlyProspect(facts, t) : undefined,
      ]}
    >
      {which}
      <PackageFields
        draft={draft}
        lines={lines}
        autoFocus
        mostOf={(lineId) => inHere(lineId) + (lines.find((line) => line.lineId === lineId)?.left ?? 0)}
        needsCarrier={leaves}
        onChange={(fields) => setDraft({ ...draft, ...fields })}
        onQuantity={(lineId, quantity) => setDraft({ ...draft, quantities: { ...draft.quantities, [lineId]: quantity } })}
        onScanned={(field) => field.form?.querySelector<HTMLButtonElement>('button[type="submit"]')?.focus()}
        mistakeOf={mistakeOf}
      />
      {leaves && (
        <TextInput
          type="datetime-local"
          label={t('ship.leftAt')}
          value={draft.shippedAt}
          error={mistakeOf('shippedAt')}
          onChange={({ currentTarget: { value } }) => setDraft({ ...draft, shippedAt: value })}
        />
      )}
    </ActionDialog>
  );
};

const withCarrier = (draft: PackageDraft, usual: string): PackageDraft => (draft.carrier === '' ? { ...draft, carrier: usual } : draft);

const momentOf = ({ shippedAt }: Shipment): string => fieldMoment(shippedAt === undefined ? new Date() : new Date(shippedAt));

/** What somebody else has changed meanwhile is not written over. */
const edit = (parcel: Shipment, draft: Draft) =>
  done(
    fulfillment.PATCH('/shipments/{id}', {
      body: changeOf(parcel, draft),
      params: { path: { id: parcel.id } },
      headers: { 'if-match': `"${parcel.version}"` },
    }),
  );

const handOver = (parcel: Shipment, draft: Draft, header: OnceKey) =>
  done(fulfillment.POST('/shipments/{id}/hand-over', { body: handOverOf(parcel, draft), params: { path: { id: parcel.id }, header } }));
