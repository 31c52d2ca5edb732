import { useTranslation } from 'react-i18next';
import { sayDone } from '../../../ui/said.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { hold, release } from './holding.ts';
import { PlainDialog } from './PlainDialog.tsx';
import { useTakeBack } from './useChange.ts';
import { whyNot } from './why.ts';

/** The hold ends: the order goes on where it would be without. */
const ReleaseDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const takeBack = useTakeBack();
  const { id, hold: held } = facts.order;
  return (
    <PlainDialog
      facts={facts}
      onClose={onClose}
      title={t('release.title', { number: numberOf(facts) })}
      verb={t('release.verb')}
      doing={t('release.doing')}
      why={whyNot(facts, 'release', t)}
      send={(header) => release(id, header)}
      onDone={() =>
        sayDone(
          t('release.done'),
          takeBack(() => hold(id, held?.reason ?? '')),
        )
      }
      outlook={[{ who: 'here', text: t(held?.state === 'blocked' ? 'release.stillBlocked' : 'release.goesOn') }]}
    >
      {held && <p>{t(held.reason ? 'release.heldFor' : 'release.heldBy', { name: held.by.name, reason: held.reason })}</p>}
    </PlainDialog>
  );
};

export default ReleaseDialog;
