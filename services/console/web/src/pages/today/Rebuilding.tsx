import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/Card.tsx';
import { number } from '../../ui/format.ts';
import type { Overview } from './answers.ts';
import classes from './Importing.module.css';

/** What happened before is being read from the services' event logs: until then, numbers are too low. */
export const Rebuilding = ({ done, events }: NonNullable<Overview['rebuilding']>) => {
  const { t } = useTranslation('today');
  return (
    <Card title={t('rebuilding.title')}>
      <p className={classes.words}>
        {t('rebuilding.incomplete')} {events > 0 && t('rebuilding.progress', { done: number(done), total: number(events) })}
      </p>
      <Progress value={events === 0 ? 0 : (100 * done) / events} aria-label={t('rebuilding.title')} />
    </Card>
  );
};
