import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderFacts, Shipment } from '../facts.ts';
import { isPossible } from './why.ts';

export interface Choice<Chosen> {
  /** Nothing, when none can be meant any more. */
  readonly chosen: Chosen | undefined;
  /** Asks which, where there are several. */
  readonly field: React.ReactNode;
}

/** The parcel that is meant: the one that the dialog was opened for, else one of those with which it can be done. */
export const useParcel = (
  { shipping }: OrderFacts,
  action: Shipment['actions'][number]['action'],
  about: string | undefined,
): Choice<Shipment> => {
  const { t } = useTranslation('actions');
  const [possible] = useState(() => (shipping?.shipments ?? []).filter((one) => isPossible(one, action)));
  const [id, setId] = useState(about ?? possible[0]?.id);
  const chosen = shipping?.shipments.find((one) => one.id === id);
  const field = about === undefined && possible.length > 1 && (
    <NativeSelect
      label={t('parcel.which')}
      value={id}
      data={possible.map((one) => ({ value: one.id, label: parcelName(one, t('parcel.name', { position: one.position })) }))}
      onChange={({ currentTarget: { value } }) => setId(value)}
    />
  );
  return { chosen, field };
};

const parcelName = ({ carrier, trackingNumber }: Shipment, name: string): string =>
  [name, carrier, trackingNumber].filter((part) => part !== undefined).join(' · ');
