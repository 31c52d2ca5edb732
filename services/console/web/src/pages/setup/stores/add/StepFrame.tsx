import { Button, Group, Stack } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../../ui/Card.tsx';
import type { Store } from '../answers.ts';
import classes from './add.module.css';
import { isComplete, type NewStore, type Step } from './new-store.ts';

export interface StepFrameProps {
  readonly step: Step;
  readonly store: NewStore;
  readonly stores: readonly Store[];
  readonly onBack: () => void;
  readonly onNext: () => void;
  /** It was not filled in as it has to be. */
  readonly onTry: () => void;
  readonly children: React.ReactNode;
}

/** A step with its heading, which has the focus when the step begins, and the way back and on. */
export const StepFrame = ({ step, store, stores, onBack, onNext, onTry, children }: StepFrameProps) => {
  const { t } = useTranslation(['stores', 'common']);
  const heading = useRef<HTMLHeadingElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (step !== 'source') heading.current?.focus();
  }, [step]);
  return (
    <Card>
      <form
        ref={form}
        noValidate
        autoComplete="off"
        className={classes.step}
        onSubmit={(event) => {
          event.preventDefault();
          if (isComplete(step, store, stores, new Date())) return onNext();
          onTry();
          // Once it says what is wrong.
          requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
        }}
      >
        <Stack>
          <h2 ref={heading} tabIndex={-1} className={classes.title}>
            {t(titles[step])}
          </h2>
          {children}
          {step !== 'connect' && (
            <Group justify="space-between" mt="md">
              {step === 'source' ? (
                <span />
              ) : (
                <Button variant="default" onClick={onBack}>
                  {t('common:do.back')}
                </Button>
              )}
              <Button type="submit">{t('add.next')}</Button>
            </Group>
          )}
        </Stack>
      </form>
    </Card>
  );
};

const titles = {
  source: 'add.source.title',
  account: 'add.account.title',
  credentials: 'add.credentials.title',
  test: 'add.step.test',
  scope: 'add.scope.title',
  connect: 'add.connect.title',
} as const satisfies Record<Step, string>;
