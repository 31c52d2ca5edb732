import { Button, Group, Modal, Progress, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { number } from '../../../ui/format.ts';
import { gateWords } from '../../../ui/meaning.ts';
import type { ListedOrder } from '../orders.ts';
import classes from './mass.module.css';
import type { Outcome } from './run.ts';
import type { Mass, MassState } from './useMass.ts';
import { WishForm } from './WishForm.tsx';

export interface MassDialogProps {
  readonly mass: Mass;
  readonly orders: readonly ListedOrder[];
}

/** Asks what is to be done, shows how far it is, and says for each order that could not, why. */
export const MassDialog = ({ mass: { state, start, close }, orders }: MassDialogProps) => {
  const { t } = useTranslation(['orders', 'common']);
  if (state === undefined) return null;
  const running = state.phase === 'running';
  return (
    <Modal
      opened
      onClose={close}
      title={t(`mass.title.${state.kind}`)}
      closeOnEscape={!running}
      closeOnClickOutside={false}
      withCloseButton={!running}
      closeButtonProps={{ 'aria-label': t('common:do.close') }}
    >
      {state.phase === 'asking' && <WishForm kind={state.kind} orders={orders} start={start} close={close} />}
      {state.phase === 'running' && <Running {...state} />}
      {state.phase === 'finished' && <Finished state={state} close={close} />}
    </Modal>
  );
};

const Running = ({ finished, of }: Extract<MassState, { phase: 'running' }>) => {
  const { t } = useTranslation('orders');
  const words = t('mass.running', { finished: number(finished), of: number(of) });
  return (
    <Stack>
      <Progress.Root size="lg">
        <Progress.Section value={of === 0 ? 0 : (finished / of) * 100} aria-label={words} />
      </Progress.Root>
      <p role="status">{words}</p>
    </Stack>
  );
};

interface FinishedProps {
  readonly state: Extract<MassState, { phase: 'finished' }>;
  readonly close: () => void;
}

const whyOf = ({ why, code }: Pick<Outcome, 'why' | 'code'>): string => {
  const words = gateWords(code) ?? why;
  return words === undefined ? '' : `: ${words}`;
};

const Finished = ({ state: { kind, result, undo }, close }: FinishedProps) => {
  const { t } = useTranslation(['orders', 'common']);
  const refused = result.outcomes.filter(({ done }) => !done);
  const count = result.outcomes.length - refused.length;
  return (
    <Stack>
      <p role="status">{t(`mass.done.${kind}`, { count })}</p>
      {result.file && count > 0 && (
        <Button component="a" href={result.file} target="_blank" rel="noopener" leftSection={<Printer size={16} aria-hidden="true" />}>
          {t('mass.openFile')}
        </Button>
      )}
      {refused.length > 0 && (
        <section aria-label={t('mass.refused', { count: refused.length })}>
          <p>{t('mass.refused', { count: refused.length })}</p>
          <ul className={classes.refused}>
            {refused.map(({ id, name, ...outcome }) => (
              <li key={id}>
                <Link to="/orders/$orderId" params={{ orderId: id }}>
                  {name}
                </Link>
                {whyOf(outcome)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Group justify="flex-end">
        {undo && (
          <Button variant="default" onClick={undo}>
            {t('common:do.undo')}
          </Button>
        )}
        <Button onClick={close} data-autofocus>
          {t('common:do.close')}
        </Button>
      </Group>
    </Stack>
  );
};
