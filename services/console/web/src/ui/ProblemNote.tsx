import { Button } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Problem, problemOf } from '../api/problem.ts';
import classes from './ProblemNote.module.css';

export interface ProblemNoteProps {
  readonly error: unknown;
  readonly retry?: () => unknown;
}

/** What went wrong, what it means, and what to do: never a code alone. */
export const ProblemNote = ({ error, retry }: ProblemNoteProps) => {
  const { t } = useTranslation(['problems', 'common']);
  const problem = problemOf(error);
  const { errors = [], correlationId, detail } = problem.document;
  return (
    <div className={classes.note} role="alert">
      <p className={classes.title}>
        <CircleAlert size={18} aria-hidden="true" />
        {useMeaning(problem)}
      </p>
      {detail && <p>{detail}</p>}
      {errors.length > 0 && (
        <ul>
          {errors.map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              {field}: {message}
            </li>
          ))}
        </ul>
      )}
      {correlationId && <p>{t('problems:reference', { id: correlationId })}</p>}
      {retry && (
        <Button size="xs" variant="default" onClick={() => void retry()}>
          {t('common:do.retry')}
        </Button>
      )}
    </div>
  );
};

/** What a problem means, in words for people. */
const useMeaning = (problem: Problem): string => {
  const { t } = useTranslation('problems');
  const codes: Readonly<Record<string, string>> = t('codes', { returnObjects: true });
  const known = codes[problem.code];
  if (known !== undefined) return known;
  if (problem.code === 'console.unreachable') return t('unreachable');
  if (problem.status === 502 || problem.status === 503) return t('away', { service: String(problem.document.service ?? 'Orderbus') });
  if (problem.status === 403) return t('forbidden');
  if (problem.status === 404) return t('notFound');
  if (problem.status === 409 || problem.status === 412) return t('conflict');
  if (problem.status === 429) return t('tooMany');
  return problem.status >= 500 || problem.status === 0 ? t('unexpected') : t('title');
};
