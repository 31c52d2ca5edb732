import { Modal } from '@mantine/core';
import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderAction } from './actions/action.ts';
import { actions } from './actions/index.ts';
import { useOrderAddress } from './address.ts';
import type { OrderFacts } from './facts.ts';
import { useWhyNot } from './OrderActions.tsx';

/** The dialog that the address names: `?do=ship`. A link may open it. */
export const DoingDialog = ({ facts }: { readonly facts: OrderFacts }) => {
  const { doing, about } = useOrderAddress();
  const action = actions.find(({ id }) => id === doing);
  return action === undefined ? null : <Doing key={`${action.id} ${about}`} action={action} facts={facts} />;
};

const Doing = ({ action, facts }: { readonly action: OrderAction; readonly facts: OrderFacts }) => {
  const { t } = useTranslation(['actions', 'common']);
  const { about, close } = useOrderAddress();
  const whyNot = useWhyNot(facts);
  const reason = whyNot(action, about);
  // Until it is possible, since not everything is known at once; from then on it stays: what is being done makes itself impossible.
  const [begun, setBegun] = useState(reason === undefined);
  if (reason === undefined && !begun) setBegun(true);
  if (!begun)
    return (
      <Modal opened onClose={close} title={action.label(t)} closeButtonProps={{ 'aria-label': t('common:do.close') }}>
        {reason}
      </Modal>
    );
  return (
    <Suspense fallback={null}>
      <action.Dialog facts={facts} onClose={close} about={about} />
    </Suspense>
  );
};
