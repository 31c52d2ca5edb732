import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../api/session.ts';
import { Action } from '../../../ui/Action.tsx';
import { useOrderAddress } from '../address.ts';
import { FixDialog } from './FixDialog.tsx';
import { type Place, placeOf } from './place.ts';
import type { Fix, Reason } from './reason.ts';
import classes from './StuckBox.module.css';
import { useFix } from './useFix.ts';

export interface FixButtonsProps {
  readonly reason: Reason;
  /** The first reason has the button that people are meant to press. */
  readonly main: boolean;
}

/** What mends it, the likeliest first. */
export const FixButtons = ({ reason, main }: FixButtonsProps) => {
  const { t } = useTranslation(['stuck', 'order']);
  const { stores } = useSession();
  const go = useGoTo();
  const fix = useFix();
  const [asked, ask] = useState<Fix>();
  const fixes = [...(reason.action ? [reason.action] : []), ...reason.alternatives];
  if (fixes.length === 0) return null;
  const press = (chosen: Fix): void => {
    const place = placeOf(chosen, reason.facts);
    if (place) go(place);
    else if (chosen.confirm || chosen.asks) ask(chosen);
    else fix.mutate({ fix: chosen, key: crypto.randomUUID() });
  };
  return (
    <div className={classes.buttons}>
      {fixes.map((each, index) => (
        <Action
          key={`${each.kind} ${each.path}`}
          needs={each.needs.at(-1) ?? 'read'}
          impossible={each.allStores && stores !== '*' ? t('order:stuck.allStores') : undefined}
          size="xs"
          variant={main && index === 0 ? 'filled' : 'default'}
          loading={fix.isPending && fix.variables.fix === each}
          onClick={() => press(each)}
        >
          {t(`stuck:do.${each.kind}`)}
        </Action>
      ))}
      {asked && <FixDialog fix={asked} onClose={() => ask(undefined)} />}
    </div>
  );
};

const useGoTo = () => {
  const navigate = useNavigate();
  const { open } = useOrderAddress();
  return (place: Place): void => {
    if ('dialog' in place) open(place.dialog, place.about);
    else if ('store' in place) void navigate({ to: '/setup/stores/$storeId', params: { storeId: place.store } });
    else void navigate({ to: place.page, search: place.search });
  };
};
