import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStores } from '../../api/stores.ts';
import { Action } from '../../ui/Action.tsx';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Status } from '../../ui/Status.tsx';
import { sayDone, sayFailed } from '../../ui/said.tsx';
import { When } from '../../ui/When.tsx';
import type { Need } from './answers.ts';
import { deeds } from './deeds.ts';
import classes from './NeedsList.module.css';
import { urgencyOf } from './need-kinds.ts';
import { otherRemedyOf, type Remedy, remedyOf } from './remedy.ts';
import type { Shown } from './shown-needs.ts';
import { useSaying } from './useSaying.ts';

/** What is the matter, since when, and the button that mends it. */
export const NeedLine = ({ shown: { item: need, settled } }: { readonly shown: Shown<Need> }) => {
  const { t } = useTranslation('needs');
  const say = useSaying();
  const other = otherRemedyOf(need);
  return (
    <li className={classes.need} data-settled={settled || undefined} data-need={need.id} tabIndex={-1} inert={settled}>
      <div className={classes.said}>
        <p className={classes.kind}>
          <Status tone={urgencyOf(need.kind)}>{t(`kind.${need.kind}`)}</Status>
          <About need={need} />
        </p>
        <p className={classes.sentence}>{say(need)}</p>
      </div>
      <span className={classes.since}>{settled ? t('settled') : <When at={need.since} />}</span>
      <span className={classes.button}>
        <RemedyButton need={need} remedy={remedyOf(need)} />
        {other && <RemedyButton need={need} remedy={other} />}
      </span>
    </li>
  );
};

/** The order, where it is about one; the store, where there are several. */
const About = ({ need: { orderId, number, amazonOrderId, tenant } }: { readonly need: Need }) => {
  const stores = useStores();
  const store = stores.length > 1 ? stores.find(({ id }) => id === tenant)?.name : undefined;
  return (
    <span className={classes.about}>
      {orderId && (
        <Link to="/orders/$orderId" params={{ orderId }}>
          {number === undefined ? amazonOrderId : `#${number}`}
        </Link>
      )}
      {orderId && store && ' · '}
      {store}
    </span>
  );
};

const RemedyButton = ({ need, remedy }: { readonly need: Need; readonly remedy: Remedy }) => {
  const { t } = useTranslation('needs');
  if ('to' in remedy)
    return (
      <Button {...({ component: Link, to: remedy.to, search: remedy.search } as LinkProps)} variant="default" size="compact-sm" data-mends>
        {t(`fix.${remedy.label}`)}
      </Button>
    );
  return <Deed need={need} deed={remedy} />;
};

const Deed = ({ need, deed: { label, needs, asksFirst } }: { readonly need: Need; readonly deed: Extract<Remedy, { needs: unknown }> }) => {
  const { t } = useTranslation('needs');
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const act = async (): Promise<void> => {
    await deeds[label](need);
    sayDone(t(`did.${label}`));
    await queries.invalidateQueries({ queryKey: ['console'] });
  };
  const actNow = (): void => {
    setBusy(true);
    act()
      .catch(sayFailed)
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Action
        needs={needs}
        variant="default"
        size="compact-sm"
        loading={busy}
        data-mends
        onClick={asksFirst ? () => setAsking(true) : actNow}
      >
        {t(`fix.${label}`)}
      </Action>
      {asking && (
        <ConfirmDialog title={t(`fix.${label}`)} action={t(`fix.${label}`)} onConfirm={act} onClose={() => setAsking(false)}>
          {t(`confirm.${label as 'write-again' | 'confirm-copy'}`)}
        </ConfirmDialog>
      )}
    </>
  );
};
