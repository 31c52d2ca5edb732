import type { Clock } from '@orderbus/kernel';
import type { KeyRing } from '@orderbus/service-kit';
import { Secret, TOTP } from 'otpauth';

/** Codes of an authenticator app: six digits, a new one every 30 seconds. Apps know no other kind for sure. */
export interface Authenticator {
  /** A new secret for this person, sealed. */
  offer(personId: string): string;
  /** What the app reads from the picture. */
  urlOf(sealed: string, person: { readonly id: string; readonly email: string }): string;
  /** To be typed into an app that has no camera. */
  secretOf(sealed: string, personId: string): string;
  /** The time step of the code, when it is right and later than the last one that was taken. */
  stepOf(code: string, sealed: string, person: { readonly id: string; readonly totpStep: number }): number | undefined;
}

const periodMs = 30_000;

export const totpContextOf = (personId: string): string => `totp:${personId}`;

export const authenticator = (ring: KeyRing, clock: Clock): Authenticator => {
  const opened = (sealed: string, personId: string): TOTP =>
    new TOTP({ issuer: 'Orderbus', secret: Secret.fromBase32(ring.open(sealed, totpContextOf(personId)) as string) });
  return {
    offer: (personId) => ring.seal(new Secret({ size: 20 }).base32, totpContextOf(personId)),
    urlOf: (sealed, { id, email }) => {
      const totp = opened(sealed, id);
      totp.label = email;
      return totp.toString();
    },
    secretOf: (sealed, personId) => opened(sealed, personId).secret.base32.replaceAll(/(.{4})(?=.)/g, '$1 '),
    stepOf: (code, sealed, { id, totpStep }) => {
      const now = clock.now().getTime();
      // One step more or less: an app's clock may be half a minute wrong.
      const delta = opened(sealed, id).validate({ token: code.replaceAll(/\s/g, ''), timestamp: now, window: 1 });
      if (delta === null) return undefined;
      const step = Math.floor(now / periodMs) + delta;
      return step > totpStep ? step : undefined;
    },
  };
};
