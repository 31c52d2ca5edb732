import { Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../api/session.ts';
import { useStores } from '../../api/stores.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Page } from '../../ui/Page.tsx';
import { SetupNav } from './SetupNav.tsx';
import { AccountStep } from './stores/add/AccountStep.tsx';
import { ConnectStep } from './stores/add/ConnectStep.tsx';
import { CredentialsStep } from './stores/add/CredentialsStep.tsx';
import { emptyStore, type NewStore, type Step, steps } from './stores/add/new-store.ts';
import { ScopeStep } from './stores/add/ScopeStep.tsx';
import { SourceStep } from './stores/add/SourceStep.tsx';
import { StepFrame } from './stores/add/StepFrame.tsx';
import { StepList } from './stores/add/StepList.tsx';
import type { StepProps } from './stores/add/step.ts';
import { TestStep } from './stores/add/TestStep.tsx';

const panels: Readonly<Record<Step, React.ComponentType<StepProps>>> = {
  source: SourceStep,
  account: AccountStep,
  credentials: CredentialsStep,
  test: TestStep,
  scope: ScopeStep,
  connect: ConnectStep,
};

/** A seller account is connected step by step. What is filled in stays on this page, and is gone with it. */
const AddStorePage = () => {
  const { t } = useTranslation('stores');
  const { sandboxUrl, stores: seen } = useSession();
  const may = useMay('administer') && seen === '*';
  const stores = useStores();
  const [store, setStore] = useState<NewStore>(() => emptyStore(sandboxUrl === undefined ? 'amazon' : 'sandbox'));
  const [step, setStep] = useState<Step>('source');
  const [tried, setTried] = useState(false);
  const isBegun = step !== 'source';
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isBegun && current.pathname !== next.pathname,
    enableBeforeUnload: isBegun,
    withResolver: true,
  });
  const goTo = (next: Step | undefined): void => {
    if (next === undefined) return;
    setTried(false);
    setStep(next);
  };
  const Panel = panels[step];
  return (
    <Page title={t('add.title')}>
      <SetupNav />
      {!may && <Text c="dimmed">{t('add.mayNot')}</Text>}
      {may && (
        <>
          <StepList current={step} onGo={goTo} />
          <StepFrame
            key={step}
            step={step}
            store={store}
            stores={stores}
            onBack={() => goTo(steps[steps.indexOf(step) - 1])}
            onNext={() => goTo(steps[steps.indexOf(step) + 1])}
            onTry={() => setTried(true)}
          >
            <Panel store={store} stores={stores} isTried={tried} onChange={(part) => setStore((before) => ({ ...before, ...part }))} />
          </StepFrame>
        </>
      )}
      {blocker.status === 'blocked' && (
        <ConfirmDialog
          title={t('add.leaveTitle')}
          action={t('add.leave')}
          danger
          onConfirm={async () => blocker.proceed()}
          onClose={() => blocker.reset()}
        >
          {t('add.leaveText')}
        </ConfirmDialog>
      )}
    </Page>
  );
};

export default AddStorePage;
