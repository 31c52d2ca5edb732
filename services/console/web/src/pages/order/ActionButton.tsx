import type { ButtonProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Action } from '../../ui/Action.tsx';
import type { OrderAction } from './actions/action.ts';
import { actions } from './actions/index.ts';
import { useOrderAddress } from './address.ts';
import type { OrderFacts } from './facts.ts';

export interface ActionButtonProps extends Pick<ButtonProps, 'size' | 'variant'> {
  readonly action: OrderAction;
  readonly facts: OrderFacts;
  /** The parcel or document that is meant. */
  readonly about?: string;
}

/** A button that opens the action's dialog; greyed, with the reason, when it cannot be done now. */
export const ActionButton = ({ action, facts, about, ...button }: ActionButtonProps) => {
  const { t } = useTranslation('actions');
  const { open } = useOrderAddress();
  return (
    <Action {...button} needs={action.needs} impossible={action.impossible(facts, t, about)} onClick={() => open(action.id, about)}>
      {action.label(t)}
    </Action>
  );
};

export interface ActionsOfProps {
  readonly facts: OrderFacts;
  readonly of: NonNullable<OrderAction['of']>;
  readonly about: string;
}

/** What can be done now to a parcel or a document. */
export const ActionsOf = ({ facts, of, about }: ActionsOfProps) => {
  const { t } = useTranslation('actions');
  return actions
    .filter((action) => action.of === of && action.impossible(facts, t, about) === undefined)
    .map((action) => <ActionButton key={action.id} action={action} facts={facts} about={about} size="compact-sm" variant="default" />);
};
