import { Button } from '@mantine/core';
import { EllipsisVertical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../api/session.ts';
import { ChoiceMenu } from '../../ui/menu/ChoiceMenu.tsx';
import { useShortcuts } from '../../ui/shortcuts.ts';
import { ActionButton } from './ActionButton.tsx';
import type { OrderAction } from './actions/action.ts';
import { actions } from './actions/index.ts';
import { useOrderAddress } from './address.ts';
import type { OrderFacts } from './facts.ts';
import { arranged } from './next-action.ts';
import classes from './OrderActions.module.css';

interface Props {
  readonly facts: OrderFacts;
}

const ofOrder = actions.filter((action) => action.of === undefined);

/** What can be done to the order now: the next sensible thing first, the rest in a menu, greyed with the reason where it cannot. */
export const OrderActions = ({ facts }: Props) => {
  const { t } = useTranslation('order');
  const { t: words } = useTranslation('actions');
  const { open } = useOrderAddress();
  const whyNot = useWhyNot(facts);
  const { primary, secondary, others } = arranged(ofOrder, (action) => whyNot(action) === undefined);
  const possible = others.filter((action) => whyNot(action) === undefined);
  const impossible = others.filter((action) => !possible.includes(action));
  useShortcuts(Object.fromEntries(ofOrder.flatMap((action) => (action.key === undefined ? [] : [[action.key, () => open(action.id)]]))));
  return (
    <>
      {primary && <ActionButton action={primary} facts={facts} />}
      {secondary.map((action) => (
        <ActionButton key={action.id} action={action} facts={facts} variant="default" />
      ))}
      <ChoiceMenu
        position="bottom-end"
        width={320}
        button={
          <Button variant="default" px={8} aria-label={t('more')}>
            <EllipsisVertical size={18} aria-hidden="true" />
          </Button>
        }
        groups={[
          possible.map((action) => ({
            id: action.id,
            label: action.label(words),
            choose: () => open(action.id),
            end: action.key && <kbd className={classes.key}>{action.key}</kbd>,
          })),
          // They stay in the menu, and say why: whoever looks for one finds the reason.
          impossible.map((action) => ({
            id: action.id,
            label: (
              <>
                {action.label(words)}
                <span className={classes.reason}>{whyNot(action)}</span>
              </>
            ),
            className: classes.impossible,
          })),
        ]}
      />
    </>
  );
};

/** Why somebody cannot do this: he may not, or it is not possible now. */
export const useWhyNot = (facts: OrderFacts): ((action: OrderAction, about?: string) => string | undefined) => {
  const { t } = useTranslation(['actions', 'common']);
  const { permissions } = useSession();
  return (action, about) =>
    permissions.includes(action.needs) ? action.impossible(facts, t, about) : t('common:mayNot', { permission: action.needs });
};
