import type { OrderFacts } from '../facts.ts';
import type { ActionWords } from './action.ts';
import type { Prospect } from './Outlook.tsx';
import { type ShipmentDraft, unitsBehind, unitsIn } from './shipment.ts';

const warned = ['ship-plus', 'ioss', 'cash-on-delivery', 'in-store-pickup'] as const;

/** What becomes of a shipment as it is filled in. */
export const shipmentProspects = (facts: OrderFacts, draft: ShipmentDraft, t: ActionWords): readonly (Prospect | undefined)[] => {
  const { shipping } = facts;
  const behind = unitsBehind(draft, shipping?.lines ?? []);
  const warnings = shipping?.warnings ?? [];
  return [
    ...warnings.flatMap(({ code, words }): Prospect[] => {
      if (code === 'transparency') return [];
      const known = warned.find((one) => one === code);
      const iossNumber = shipping?.lines.find((line) => line.iossNumber !== undefined)?.iossNumber ?? '';
      return [{ who: 'beware', text: known === undefined ? words : t(`ship.warning.${known}`, { iossNumber }) }];
    }),
    {
      who: 'here',
      text: t(draft.handedOver ? 'ship.leaves' : 'ship.stays', { count: draft.packages.reduce((sum, one) => sum + unitsIn(one), 0) }),
    },
    behind > 0 ? { who: 'here', text: t('ship.behind', { count: behind }) } : undefined,
    amazonProspect(draft, t),
    readOnlyProspect(facts, t),
  ];
};

const amazonProspect = (draft: ShipmentDraft, t: ActionWords): Prospect => {
  if (!draft.handedOver) return { who: 'amazon', text: t('ship.tellsLater') };
  if (draft.labelAtAmazon) return { who: 'amazon', text: t('ship.knowsByLabel') };
  return { who: 'amazon', text: t('ship.tells', { packages: draft.packages.map((one, n) => packageWords(one, n, t)).join('; ') }) };
};

const packageWords = (one: ShipmentDraft['packages'][number], n: number, t: ActionWords): string =>
  t(one.tracking.trim() === '' ? 'ship.toldUntracked' : 'ship.toldTracked', {
    n: n + 1,
    count: unitsIn(one),
    carrier: one.carrier.trim() || '…',
    tracking: one.tracking.trim(),
  });

/** A store that is read-only keeps what it would say until it may speak again. */
export const readOnlyProspect = ({ store }: OrderFacts, t: ActionWords): Prospect | undefined =>
  store?.readOnly ? { who: 'beware', text: t('outlook.readOnly', { store: store.name }) } : undefined;
