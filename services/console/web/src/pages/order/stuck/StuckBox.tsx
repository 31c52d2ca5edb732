import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsFor } from '../../../ui/codes.ts';
import { ago, listed, moment } from '../../../ui/format.ts';
import { useNow } from '../../../ui/now.ts';
import { letterReason, told } from '../../../ui/told.ts';
import { serviceName } from '../AwayNote.tsx';
import type { OrderTabProps } from '../tab-props.ts';
import { FixButtons } from './FixButtons.tsx';
import type { Reason, Stuck } from './reason.ts';
import classes from './StuckBox.module.css';
import { stuckQuery } from './stuck.ts';

/** Why it does not go on, in one sentence, what happens next, and the button that mends it. Not there when nothing is in its way. */
export const StuckBox = ({ facts: { order } }: OrderTabProps) => {
  const { data } = useQuery(stuckQuery(order.id));
  if (!data?.stuck) return null;
  return <Box stuck={data.stuck} silent={data.incomplete} unseen={data.unseen} />;
};

const tones: Readonly<Record<Reason['waitsFor'], 'stopped' | 'attention' | 'waiting'>> = {
  person: 'attention',
  operator: 'stopped',
  stock: 'attention',
  buyer: 'waiting',
  amazon: 'waiting',
  time: 'waiting',
};

interface BoxProps {
  readonly stuck: Stuck;
  /** Services that did not answer. */
  readonly silent: readonly string[];
  /** What this visitor may not know: services, or parts of all of them. */
  readonly unseen: readonly string[];
}

const Box = ({ stuck, silent, unseen }: BoxProps) => {
  const { t } = useTranslation('order');
  const [open, { toggle }] = useDisclosure();
  const title = useId();
  const more = useId();
  const count = stuck.behind.length;
  return (
    <section className={classes.box} data-tone={tones[stuck.waitsFor]} aria-labelledby={title}>
      <h2 id={title} className="visually-hidden">
        {t('stuck.title')}
      </h2>
      <ReasonLine reason={stuck} main />
      {silent.length > 0 && !says(stuck, 'owner-away') && (
        <p className={classes.next}>
          {t('stuck.silent', { services: listed(silent.map((service) => serviceName(service, t))), count: silent.length })}
        </p>
      )}
      {unseen.length > 0 && <p className={classes.next}>{t('stuck.unseen', { parts: listed(unseen.map((part) => partName(part, t))) })}</p>}
      {count > 0 && (
        <UnstyledButton className={classes.more} onClick={toggle} aria-expanded={open} aria-controls={more}>
          {t(open ? 'stuck.fewer' : 'stuck.more', { count })}
          {open ? <ChevronUp size={14} aria-hidden="true" /> : <ChevronDown size={14} aria-hidden="true" />}
        </UnstyledButton>
      )}
      <ul id={more} className={classes.behind} hidden={!open || count === 0}>
        {stuck.behind.map((reason, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a code may stand twice, and reasons keep their order.
          <li key={index}>
            <ReasonLine reason={reason} />
          </li>
        ))}
      </ul>
    </section>
  );
};

const partName = (part: string, t: ReturnType<typeof useTranslation<'order'>>['t']): string =>
  part === 'dead-letters' || part === 'outboxes' ? t(`stuck.part.${part}`) : serviceName(part, t);

/** Whether it is one of the reasons. */
const says = ({ code, behind }: Stuck, sought: Reason['code']): boolean => [code, ...behind.map((reason) => reason.code)].includes(sought);

interface ReasonLineProps {
  readonly reason: Reason;
  readonly main?: boolean;
}

const ReasonLine = ({ reason, main = false }: ReasonLineProps) => (
  <div className={classes.reason}>
    <div className={classes.words}>
      <p className={main ? classes.sentence : classes.other} role={main ? 'status' : undefined}>
        <Sentence reason={reason} />
      </p>
      <WhatToDo reason={reason} />
      <Next reason={reason} />
    </div>
    <FixButtons reason={reason} main={main} />
  </div>
);

const Sentence = ({ reason }: { readonly reason: Reason }) => {
  const say = useReasonWords();
  return say('what', reason);
};

/** What it means for the order, and what to do. */
const WhatToDo = ({ reason }: { readonly reason: Reason }) => {
  const say = useReasonWords();
  return <p className={classes.next}>{say('todo', reason)}</p>;
};

const useReasonWords = () => {
  const { t } = useTranslation(['stuck', 'order']);
  const causes: Readonly<Record<string, string>> = t('order:cancelReason', { returnObjects: true });
  const say = t as unknown as (key: string, facts: object) => string;
  return (part: 'what' | 'todo', { code, facts }: Reason): string => {
    const { reason } = facts;
    const isBuyers = code === 'buyer-asks-to-cancel' && typeof reason === 'string';
    if (code === 'dead-letter' && typeof reason === 'string')
      return say(`stuck:${part}.${code}`, told({ ...facts, reason: letterReason(reason) }));
    return say(`stuck:${part}.${code}`, told(isBuyers ? { ...facts, reason: wordsFor(causes, reason) } : facts));
  };
};

/** Since when, and when it is tried again. */
const Next = ({ reason: { since, nextAttemptAt } }: { readonly reason: Reason }) => {
  const { t } = useTranslation('order');
  const now = useNow();
  const lines = [
    ...(since === undefined ? [] : [t('stuck.since', { ago: ago(since, now), at: moment(since) })]),
    ...(nextAttemptAt === undefined ? [] : [t('stuck.next', { ago: ago(nextAttemptAt, now), at: moment(nextAttemptAt) })]),
  ];
  return lines.length === 0 ? null : <p className={classes.next}>{lines.join(' ')}</p>;
};
