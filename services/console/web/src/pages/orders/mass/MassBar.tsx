import { Button, CloseButton, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Permission, useSession } from '../../../api/session.ts';
import { Action } from '../../../ui/Action.tsx';
import { number } from '../../../ui/format.ts';
import classes from './mass.module.css';
import type { WishKind } from './run.ts';
import type { Mass } from './useMass.ts';

export interface MassBarProps {
  readonly chosen: number;
  /** Chooses all that the filters leave, where the services would do them all at once. */
  readonly chooseAll?: { readonly count: number; readonly choose: () => void } | undefined;
  readonly mass: Mass;
  readonly clear: () => void;
}

/** What can be done to all orders that somebody has chosen. */
export const MassBar = ({ chosen, chooseAll, mass: { ask, start }, clear }: MassBarProps) => {
  const { t } = useTranslation('orders');
  return (
    <section className={classes.bar} aria-label={t('mass.bar')}>
      <span role="status" className={classes.count}>
        {t('mass.chosen', { count: chosen, shown: number(chosen) })}
      </span>
      {chooseAll && (
        <Button variant="subtle" size="compact-sm" onClick={chooseAll.choose}>
          {t('mass.chooseAll', { count: chooseAll.count })}
        </Button>
      )}
      <Action needs="operate" size="compact-md" variant="default" onClick={() => ask('hold')}>
        {t('mass.do.hold')}
      </Action>
      <Action needs="operate" size="compact-md" variant="default" onClick={() => start({ kind: 'release' })}>
        {t('mass.do.release')}
      </Action>
      <Action needs="operate" size="compact-md" variant="default" onClick={() => ask('tag')}>
        {t('mass.do.tag')}
      </Action>
      <Choices
        label={t('mass.print')}
        choices={[
          { kind: 'packing-slips', needs: ['see-buyer-data'], act: () => start({ kind: 'packing-slips' }) },
          { kind: 'pick-list', needs: [], act: () => start({ kind: 'pick-list' }) },
          { kind: 'invoices', needs: ['see-buyer-data'], act: () => start({ kind: 'invoices' }) },
          { kind: 'credit-memos', needs: ['see-buyer-data'], act: () => start({ kind: 'credit-memos' }) },
        ]}
      />
      <Choices
        label={t('mass.more')}
        choices={[
          { kind: 'status', needs: ['operate'], act: () => ask('status') },
          { kind: 'note', needs: ['operate'], act: () => ask('note') },
          { kind: 'comment', needs: ['operate'], act: () => ask('comment') },
          { kind: 'retry', needs: ['operate'], act: () => start({ kind: 'retry' }) },
          { kind: 'invoice', needs: ['bill'], act: () => ask('invoice') },
        ]}
      />
      <Action needs="operate" size="compact-md" variant="light" color="red" onClick={() => ask('cancel')}>
        {t('mass.do.cancel')}
      </Action>
      <CloseButton aria-label={t('mass.clear')} onClick={clear} />
    </section>
  );
};

interface Choice {
  readonly kind: WishKind;
  readonly needs: readonly Permission[];
  readonly act: () => void;
}

/** What somebody may not do stays on the list, with the reason. */
const Choices = ({ label, choices }: { readonly label: string; readonly choices: readonly Choice[] }) => {
  const { t } = useTranslation(['orders', 'common']);
  const { permissions } = useSession();
  return (
    <Menu position="top-start">
      <Menu.Target>
        <Button size="compact-md" variant="default" rightSection={<ChevronDown size={14} aria-hidden="true" />}>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ kind, needs, act }) => {
          const missing = needs.find((permission) => !permissions.includes(permission));
          return (
            <Menu.Item
              key={kind}
              aria-disabled={missing !== undefined}
              className={missing && classes.mayNot}
              closeMenuOnClick={missing === undefined}
              onClick={missing === undefined ? act : undefined}
            >
              {t(`mass.do.${kind}`)}
              {missing && <small className={classes.why}>{t('common:mayNot', { permission: missing })}</small>}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
};
