import { Button } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem.ts';
import { toldOf } from './meaning.ts';
import classes from './ProblemNote.module.css';

export interface ProblemNoteProps {
  readonly error: unknown;
  readonly retry?: () => unknown;
}

/** What went wrong, what it means, and what to do: never a code alone. */
export const ProblemNote = ({ error, retry }: ProblemNoteProps) => {
  const { t } = useTranslation(['problems', 'common']);
  const problem = problemOf(error);
  const { errors = [], correlationId } = problem.document;
  const { meaning, detail } = toldOf(problem);
  return (
    <div className={classes.note} role="alert">
      <p className={classes.title}>
        <CircleAlert size={18} aria-hidden="true" />
        {meaning}
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
