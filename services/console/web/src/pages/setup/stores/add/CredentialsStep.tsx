import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CredentialFields } from '../credentials/CredentialFields.tsx';
import type { StepProps } from './step.ts';

export const CredentialsStep = ({ store, isTried, onChange }: StepProps) => {
  const { t } = useTranslation('stores');
  return (
    <>
      <Text>{t(store.source === 'sandbox' ? 'add.credentials.demo' : 'add.credentials.sealed')}</Text>
      <CredentialFields value={store.credentials} isTried={isTried} onChange={(credentials) => onChange({ credentials })} />
    </>
  );
};
