import { Alert, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import type { Buyer } from '../facts.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { AddressFields } from './AddressFields.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import classes from './actions.module.css';
import * as address from './address.ts';
import { mistakesOf } from './mistakes.ts';
import { useChange } from './useChange.ts';
import { whyNot } from './why.ts';

export const AddressForm = ({ facts, buyer, onClose }: ActionDialogProps & { readonly buyer: Buyer }) => {
  const { t } = useTranslation('actions');
  const recipient = buyer.buyer.recipient;
  const [begun] = useState(() => address.draftOf(recipient ?? { country: facts.order.country }));
  const [draft, setDraft] = useState(begun);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const { run, running, problem } = useChange(
    (body: address.AddressBody) =>
      done(
        order.PUT('/orders/{orderId}/address', {
          body,
          params: { path: { orderId: facts.order.id } },
          headers: { 'if-match': `"${buyer.version}"` },
        }),
      ),
    () => {
      sayDone(t('address.done'));
      onClose();
    },
  );
  const issues = address.issuesOf(draft, reason);
  const said = mistakesOf(problem, (field) => field.replace(/^(recipient\.lines).*/, '$1'));
  const mistakeOf = (field: string): string | undefined => {
    const issue = issues.get(field);
    if (tried && issue !== undefined) return t(`address.issue.${issue}`);
    if (!said.has(field)) return undefined;
    return field === 'recipient.postalCode' ? t('address.issue.postalCode') : said.get(field);
  };
  const amazons = buyer.correction?.original ?? recipient;
  return (
    <ActionDialog
      wide
      title={t('address.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('address.verb')}
      doing={t('address.doing')}
      onSubmit={() => {
        setTried(true);
        if (issues.size === 0) run(address.bodyOf(draft, recipient, reason));
      }}
      running={running}
      problem={problem}
      fields={[...address.textFields, 'lines'].map((field) => `recipient.${field}`).concat('reason')}
      why={whyNot(facts, 'correct-address', t)}
      typed={draft !== begun || reason !== ''}
      outlook={[
        { who: 'here', text: t('address.goes') },
        { who: 'here', text: t('address.beside') },
        { who: 'amazon', text: t('address.notTold') },
      ]}
    >
      {facts.order.addressIssues.length > 0 && <Alert color="yellow">{t('address.notAcceptable')}</Alert>}
      <div className={classes.beside}>
        <AddressFields draft={draft} onChange={(fields) => setDraft({ ...draft, ...fields })} mistakeOf={mistakeOf} />
        {amazons && (
          <section className={classes.outlook} aria-label={t('address.amazons')}>
            <h3>{t('address.amazons')}</h3>
            <p className={classes.said}>{address.asLines(amazons).join('\n')}</p>
          </section>
        )}
      </div>
      <TextInput
        required
        label={t('address.reason')}
        description={t('address.reasonHint')}
        maxLength={500}
        value={reason}
        error={mistakeOf('reason')}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </ActionDialog>
  );
};
