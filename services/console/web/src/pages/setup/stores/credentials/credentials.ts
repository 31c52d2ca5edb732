/** What opens an account at Amazon. It is kept nowhere but in the form, and only until it was sent. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export const noCredentials: Credentials = { clientId: '', clientSecret: '', refreshToken: '' };

export type CredentialName = keyof Credentials;

/** What can be said of them without asking Amazon. Copied text often brings spaces along: they are taken off. */
export const credentialMistake = (name: CredentialName, value: string): 'required' | 'clientIdWrong' | 'refreshTokenWrong' | undefined => {
  const text = value.trim();
  if (text === '') return 'required';
  if (name === 'clientId' && !text.startsWith('amzn1.application-oa2-client.')) return 'clientIdWrong';
  if (name === 'refreshToken' && !text.startsWith('Atzr|')) return 'refreshTokenWrong';
  return undefined;
};

export const areComplete = (credentials: Credentials): boolean =>
  (['clientId', 'clientSecret', 'refreshToken'] as const).every((name) => credentialMistake(name, credentials[name]) === undefined);

export const trimmed = ({ clientId, clientSecret, refreshToken }: Credentials): Credentials => ({
  clientId: clientId.trim(),
  clientSecret: clientSecret.trim(),
  refreshToken: refreshToken.trim(),
});
