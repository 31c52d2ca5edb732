import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { order } from '../../../api/services.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { AddressForm } from './AddressForm.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { Frame } from './Frame.tsx';

/** The address is shown for this purpose, on record; it is asked for once, and not kept. */
const recipientOf = (orderId: string) => ({
  ...order.read('/orders/{orderId}/buyer', {
    params: { path: { orderId }, query: { purpose: 'address-correction', fields: ['recipient'] } },
  }),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: 0,
  refetchOnWindowFocus: false,
  meta: { live: false },
});

/** Where the order really goes, and what Amazon says beside it. */
const AddressDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const buyer = useQuery(recipientOf(facts.order.id));
  if (buyer.data) return <AddressForm facts={facts} buyer={buyer.data} onClose={onClose} />;
  return (
    <Frame wide title={t('address.title', { number: numberOf(facts) })} onClose={onClose}>
      <Loaded query={buyer} height={420}>
        {() => null}
      </Loaded>
    </Frame>
  );
};

export default AddressDialog;
