import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../../api/session.ts';
import { Action } from '../../../../ui/Action.tsx';
import { ProblemNote } from '../../../../ui/ProblemNote.tsx';
import classes from './settings.module.css';
import type { Settings } from './useSettings.ts';

export interface SettingsFormProps<Value> {
  readonly settings: Settings<Value>;
  /** Something in it is wrong as it is filled in. */
  readonly isWrong?: boolean;
  readonly children: React.ReactNode;
}

/** A form that says whether it is saved, what is in the way, and when somebody else was quicker. */
export const SettingsForm = <Value,>({ settings, isWrong = false, children }: SettingsFormProps<Value>) => {
  const { t } = useTranslation(['stores', 'common']);
  const may = useMay('administer');
  const { isChanged, isSaving, isSaved, problem, theirs, save, discard } = settings;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (may && isChanged && !isWrong && !isSaving) void save();
      }}
    >
      <Stack>
        {!may && <Text c="dimmed">{t('mayNotSettle')}</Text>}
        <fieldset className={classes.fields} disabled={!may}>
          {children}
        </fieldset>
        <div className={classes.foot} data-changed={isChanged || undefined}>
          {problem && <ProblemNote error={problem} />}
          {theirs !== undefined && (
            <Alert color="orange" icon={<TriangleAlert aria-hidden="true" />} title={t('save.conflictTitle')}>
              <Stack gap="xs">
                {t('save.conflictText')}
                <Group>
                  <Button size="xs" variant="default" onClick={discard}>
                    {t('save.take')}
                  </Button>
                  <Button size="xs" variant="default" onClick={() => void save({ over: true })}>
                    {t('save.keep')}
                  </Button>
                </Group>
              </Stack>
            </Alert>
          )}
          <div className={classes.row}>
            <span role="status" className={classes.state}>
              {isChanged ? t('save.dirty') : isSaved && t('save.saved')}
            </span>
            {isChanged && (
              <Button variant="default" onClick={discard}>
                {t('save.discard')}
              </Button>
            )}
            <Action needs="administer" type="submit" disabled={may && (!isChanged || isWrong)} loading={isSaving}>
              {t('common:do.save')}
            </Action>
          </div>
        </div>
      </Stack>
    </form>
  );
};
