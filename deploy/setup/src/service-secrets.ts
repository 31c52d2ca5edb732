import { createHash, createHmac } from 'node:crypto';

/** What a service proves itself with: derived, so that a second run finds the same. */
export const serviceSecretOf = (secret: string, service: string): string =>
  createHmac('sha256', secret).update(`service ${service}`).digest('base64url');

/** What the access service knows of all of them: `SERVICE_SECRETS`. */
export const serviceSecretsSetting = (secret: string, services: readonly string[]): string =>
  services.map((service) => `${service}:${createHash('sha256').update(serviceSecretOf(secret, service)).digest('hex')}`).join(',');
