import { Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { day } from '../../../ui/format.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { mistakesOf } from './mistakes.ts';
import { useChange } from './useChange.ts';

interface Wish {
  readonly reason: string;
  /** A day; it is kept until that is over, for whoever sits here. */
  readonly until: string;
}

const endOf = (dayText: string): string => new Date(`${dayText}T23:59:59`).toISOString();

/** The buyer is kept beyond his time, until a day and for a reason; or no longer. */
const LegalHoldDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const path = { orderId: facts.order.id };
  const held = useQuery(order.read('/orders/{orderId}/buyer', { params: { path } })).data?.legalHold;
  const [wish, setWish] = useState<Wish>({ reason: '', until: '' });
  const [tried, setTried] = useState(false);
  const { run, running, problem } = useChange(
    async (wanted: Wish | 'end'): Promise<unknown> =>
      wanted === 'end'
        ? done(order.DELETE('/orders/{orderId}/legal-hold', { params: { path } }))
        : done(
            order.PUT('/orders/{orderId}/legal-hold', {
              body: { reason: wanted.reason.trim(), until: endOf(wanted.until) },
              params: { path },
            }),
          ),
    (_, wanted) => {
      sayDone(t(wanted === 'end' ? 'legalHold.ended' : 'legalHold.done'));
      onClose();
    },
  );
  const isBlank = wish.reason === '' && wish.until === '';
  const ends = held !== undefined && isBlank;
  const mistakes = mistakesOf(problem);
  const missing = (value: string): string | undefined => (tried && value.trim() === '' ? t('missingField') : undefined);
  const submit = (): void => {
    setTried(!ends);
    if (ends) run('end');
    else if (wish.reason.trim() !== '' && wish.until !== '') run(wish);
  };
  return (
    <ActionDialog
      title={t('legalHold.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t(ends ? 'legalHold.verbEnd' : 'legalHold.verb')}
      doing={t('legalHold.doing')}
      onSubmit={submit}
      running={running}
      problem={problem}
      fields={['reason', 'until']}
      typed={!isBlank}
      outlook={[{ who: 'here', text: t(ends ? 'legalHold.purgedInTime' : 'legalHold.kept') }]}
    >
      {held && <p>{t('legalHold.held', { until: day(held.until), name: held.by, reason: held.reason })}</p>}
      <TextInput
        data-autofocus
        type="date"
        label={t('legalHold.until')}
        required={!ends}
        value={wish.until}
        error={missing(wish.until) ?? mistakes.get('until')}
        onChange={({ currentTarget: { value } }) => setWish({ ...wish, until: value })}
      />
      <Textarea
        label={t('legalHold.reason')}
        description={t('legalHold.reasonHint')}
        required={!ends}
        autosize
        minRows={2}
        maxLength={500}
        value={wish.reason}
        error={missing(wish.reason) ?? mistakes.get('reason')}
        onChange={({ currentTarget: { value } }) => setWish({ ...wish, reason: value })}
      />
    </ActionDialog>
  );
};

export default LegalHoldDialog;
