import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Days, dayIn, quickDays } from './days.ts';
import { FieldsEditor } from './FieldsEditor.tsx';
import classes from './filters.module.css';

export interface DaysEditorProps {
  readonly kind: keyof typeof quickDays;
  readonly days: Days;
  readonly choose: (days: Days) => void;
}

/** From a day to a day, of the reader's calendar; either may be left open. */
export const DaysEditor = ({ kind, days, choose }: DaysEditorProps) => {
  const { t } = useTranslation('orders');
  return (
    <FieldsEditor apply={({ from = '', to = '' }) => choose({ from: from || undefined, to: to || undefined })}>
      <div className={classes.quick}>
        {quickDays[kind].map((quick) => (
          <Button key={quick} size="compact-sm" variant="light" onClick={() => choose(dayIn[quick](new Date()))}>
            {t(`filter.days.${quick}`)}
          </Button>
        ))}
      </div>
      <div className={classes.pair}>
        <TextInput type="date" name="from" label={t('filter.from')} defaultValue={dayPart(days.from)} data-autofocus />
        <TextInput type="date" name="to" label={t('filter.to')} defaultValue={dayPart(days.to)} />
      </div>
    </FieldsEditor>
  );
};

const dayPart = (value: string | undefined): string => value?.slice(0, 10) ?? '';
