import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../settings/settings.module.css';
import { type CredentialName, type Credentials, credentialMistake } from './credentials.ts';

export interface CredentialFieldsProps {
  readonly value: Credentials;
  readonly onChange: (value: Credentials) => void;
  /** Shows what is missing, too, and not only what is wrong. */
  readonly isTried: boolean;
}

/** The three of them, each with where to find it. Secrets are hidden while they are typed, and no browser keeps them. */
export const CredentialFields = ({ value, onChange, isTried }: CredentialFieldsProps) => {
  const { t } = useTranslation(['stores', 'common']);
  const [left, setLeft] = useState<ReadonlySet<CredentialName>>(new Set());
  const props = (name: CredentialName) => {
    const mistake = credentialMistake(name, value[name]);
    const isTold = isTried || (left.has(name) && mistake !== 'required');
    return {
      label: t(`add.credentials.${name}`),
      description: t(`add.credentials.${name}Hint`),
      required: true,
      autoComplete: 'off',
      spellCheck: false,
      maxLength: 4_000,
      value: value[name],
      onChange: ({ currentTarget }: React.ChangeEvent<HTMLInputElement>) => onChange({ ...value, [name]: currentTarget.value }),
      onBlur: () => setLeft(new Set([...left, name])),
      error:
        isTold && mistake !== undefined ? (mistake === 'required' ? t('common:required') : t(`add.credentials.${mistake}`)) : undefined,
    };
  };
  const hidden = {
    visibilityToggleButtonProps: { 'aria-label': t('add.credentials.show') },
    'data-1p-ignore': true,
    'data-lpignore': 'true',
  };
  return (
    <div className={classes.narrow}>
      <TextInput {...props('clientId')} />
      <PasswordInput {...props('clientSecret')} {...hidden} autoComplete="new-password" />
      <PasswordInput {...props('refreshToken')} {...hidden} autoComplete="new-password" />
    </div>
  );
};
