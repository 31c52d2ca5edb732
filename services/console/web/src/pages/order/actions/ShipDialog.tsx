import { Button, Checkbox, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import type { OrderFacts } from '../facts.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import classes from './actions.module.css';
import { mistakesOf } from './mistakes.ts';
import { PackageFields } from './PackageFields.tsx';
import * as shipment from './shipment.ts';
import { shipmentProspects } from './shipmentProspects.ts';
import { useChange } from './useChange.ts';
import { rememberCarrier, usualCarrier } from './usualCarrier.ts';
import { whyNotShip } from './why.ts';

const isShipPlus = ({ shipping }: OrderFacts): boolean => shipping?.programs.includes('fbm-ship-plus') === true;

/** All that is left, or a part of it, in one package or several. */
const ShipDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const lines = facts.shipping?.lines ?? [];
  const [begun] = useState(() => shipment.draftOf(lines, usualCarrier(facts), isShipPlus(facts)));
  const [draft, setDraft] = useState(begun);
  const [tried, setTried] = useState(false);
  const { run, running, problem } = useChange(
    (body: shipment.NewShipments, header) => done(fulfillment.POST('/shipments', { body, params: { header } })),
    ({ items }) => {
      rememberCarrier(draft.packages[0]?.carrier ?? '');
      sayDone(t(draft.handedOver ? 'ship.done' : 'ship.donePacked', { count: items.length }));
      onClose();
    },
  );
  const issues = shipment.issuesOf(draft, lines);
  const said = mistakesOf(problem, (field) => shipment.fieldOf(field, draft));
  const mistakeOf = (field: string): string | undefined => {
    const issue = issues.get(field);
    if (tried && issue !== undefined) return t(`ship.missing.${issue}`);
    return said.get(field);
  };
  const submit = (): void => {
    setTried(true);
    if (issues.size === 0) run(shipment.bodyOf(facts.order.id, draft));
  };
  const change = (fields: Partial<shipment.ShipmentDraft>): void => setDraft({ ...draft, ...fields });
  return (
    <ActionDialog
      wide
      title={t('ship.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t(draft.handedOver ? 'ship.verb' : 'ship.verbPacked', { count: draft.packages.length })}
      doing={t(draft.handedOver ? 'ship.doing' : 'ship.doingPacked')}
      onSubmit={submit}
      running={running}
      problem={problem}
      fields={shownFields(draft)}
      why={whyNotShip(facts, t)}
      blocked={tried && issues.size > 0 ? t('ship.incomplete', { packages: packagesIn(issues) }) : undefined}
      typed={draft !== begun}
      outlook={shipmentProspects(facts, draft, t)}
    >
      <Stack gap="sm">
        {draft.packages.map((one, n) => (
          <fieldset key={one.key} className={classes.package}>
            <legend>{t('ship.package', { n: n + 1 })}</legend>
            {draft.packages.length > 1 && (
              <div className={classes.row} data-end>
                <Button
                  size="compact-xs"
                  variant="subtle"
                  color="red"
                  leftSection={<Trash2 size={14} aria-hidden="true" />}
                  onClick={() => setDraft(shipment.withoutPackage(draft, one.key))}
                >
                  {t('ship.takeAway', { n: n + 1 })}
                </Button>
              </div>
            )}
            <PackageFields
              draft={one}
              lines={lines}
              mostOf={(lineId) => lines.find((line) => line.lineId === lineId)?.left ?? 0}
              needsCarrier={draft.handedOver}
              autoFocus={n === 0}
              onChange={(fields) => setDraft(shipment.withFields(draft, one.key, fields))}
              onQuantity={(lineId, quantity) => {
                const line = lines.find((each) => each.lineId === lineId);
                if (line) setDraft(shipment.withQuantity(draft, one.key, line, quantity));
              }}
              onScanned={goOn}
              mistakeOf={(field) => mistakeOf(`packages.${n}.${field}`)}
            />
          </fieldset>
        ))}
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<Plus size={16} aria-hidden="true" />}
            onClick={() => setDraft(shipment.withPackage(draft))}
          >
            {t('ship.addPackage')}
          </Button>
        </div>
      </Stack>
      <div className={classes.fields}>
        <SegmentedControl
          aria-label={t('ship.where')}
          value={draft.handedOver ? 'gone' : 'here'}
          data={[
            { value: 'gone', label: t('ship.gone') },
            { value: 'here', label: t('ship.here') },
          ]}
          onChange={(value) => change({ handedOver: value === 'gone' })}
          style={{ alignSelf: 'end' }}
        />
        {draft.handedOver && (
          <TextInput
            type="datetime-local"
            label={t('ship.leftAt')}
            value={draft.shippedAt === '' ? shipment.fieldMoment(new Date()) : draft.shippedAt}
            error={draft.packages.map((_, n) => mistakeOf(`packages.${n}.shippedAt`)).find((one) => one !== undefined)}
            onChange={({ currentTarget: { value } }) => change({ shippedAt: value })}
          />
        )}
      </div>
      <Checkbox
        label={t('ship.labelAtAmazon')}
        description={t('ship.labelAtAmazonHint')}
        checked={draft.labelAtAmazon}
        error={draft.packages.map((_, n) => mistakeOf(`packages.${n}.labelFrom`)).find((one) => one !== undefined)}
        onChange={({ currentTarget: { checked } }) => change({ labelAtAmazon: checked })}
      />
    </ActionDialog>
  );
};

/** After a scan the next number is wanted, and after the last one, the button. */
const goOn = (field: HTMLInputElement): void => {
  const form = field.form;
  const numbers = [...(form?.querySelectorAll<HTMLInputElement>('[data-tracking]') ?? [])];
  const next = numbers[numbers.indexOf(field) + 1] ?? form?.querySelector<HTMLButtonElement>('button[type="submit"]');
  next?.focus();
};

/** The numbers of the packages in which something is missing. */
const packagesIn = (issues: ReadonlyMap<string, unknown>): string =>
  [...new Set([...issues.keys()].map((field) => Number(field.split('.')[1]) + 1))].join(', ');

const shownFields = (draft: shipment.ShipmentDraft): string[] =>
  draft.packages.flatMap((_, n) =>
    ['lines', 'carrier', 'trackingNumber', 'service', 'shippedAt', 'labelFrom'].map((field) => `packages.${n}.${field}`),
  );

export default ShipDialog;
