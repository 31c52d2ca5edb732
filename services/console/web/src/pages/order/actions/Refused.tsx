import { Alert } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem.ts';
import { meaningOf } from '../../../ui/meaning.ts';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';

export interface RefusedProps {
  readonly problem: Problem;
  /** What is said at the fields of the form already. */
  readonly said: readonly string[];
  /** The reason in the reader's language, where it is known. */
  readonly why?: string | undefined;
}

/** The server has said no: in its own words, as far as they are not said at a field. */
export const Refused = ({ problem, said, why }: RefusedProps) => {
  const { t } = useTranslation('actions');
  if (problem.status < 400 || problem.status >= 500 || problem.status === 403 || problem.status === 404)
    return <ProblemNote error={problem} />;
  const { errors = [] } = problem.document;
  const rest = errors.filter(({ field }) => !said.includes(field)).map(({ message }) => message);
  const lines = rest.length > 0 ? rest : errors.length > 0 ? [t('refused.fields')] : [why ?? meaningOf(problem)];
  return (
    <Alert color="red" variant="light" icon={<CircleAlert aria-hidden="true" />} title={t('refused.title')} role="alert">
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Alert>
  );
};
