import { Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { moment, number } from '../../../ui/format.ts';
import { Status, type Tone } from '../../../ui/Status.tsx';
import { type LastError, sayingOf } from '../../../ui/told.ts';

export interface AttemptFacts {
  readonly at: string;
  readonly outcome: 'taken' | 'declined' | 'unreachable' | 'forbidden';
  readonly durationMs: number;
  readonly status?: number | undefined;
  readonly problem?: string | undefined;
  readonly failure?: LastError['failure'];
  readonly answer?: string | undefined;
}

const tones: Readonly<Record<AttemptFacts['outcome'], Tone>> = {
  taken: 'ok',
  declined: 'stopped',
  unreachable: 'stopped',
  forbidden: 'stopped',
};

/** One call, and how it went. */
export const AttemptLine = ({
  attempt: { at, outcome, durationMs, status, problem, failure, answer },
}: {
  readonly attempt: AttemptFacts;
}) => {
  const { t } = useTranslation('webhooks');
  const parts = [
    moment(at),
    `${number(durationMs)} ms`,
    t(`test.outcome.${outcome}`),
    ...(status === undefined ? [] : [t('test.status', { status })]),
    ...(problem === undefined ? [] : [sayingOf({ ...failure, words: problem })]),
  ];
  return (
    <div>
      <Status tone={tones[outcome]}>{parts.join(' · ')}</Status>
      {answer && (
        <Code block tabIndex={0}>
          {answer}
        </Code>
      )}
    </div>
  );
};
