import { createHmac, randomBytes } from 'node:crypto';

/** A secret of ours: a receiver's library takes it as it is. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export interface Signable {
  /** The same at every attempt: receivers drop what they have had. */
  readonly id: string;
  readonly body: string;
}

/** The headers that Standard Webhooks asks for, with a signature for each secret: while one is being replaced, both are good. */
export const signedHeaders = ({ id, body }: Signable, secrets: readonly string[], at: Date): Record<string, string> => {
  const timestamp = Math.floor(at.getTime() / 1_000);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map((secret) => signature(secret, `${id}.${timestamp}.${body}`)).join(' '),
    'content-type': 'application/json',
    'user-agent': 'Orderbus',
  };
};

const signature = (secret: string, content: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
    .update(content)
    .digest('base64')}`;
