import { AppError } from '@orderbus/kernel';
import { HttpError } from '@orderbus/service-kit';
import type { PasswordProblem } from '../domain/password.ts';

/** The same whether there is such an account or not, and whatever is wrong with it. */
export const wrongSignIn = (): HttpError => new HttpError(401, 'sign-in.wrong', 'The address and the password do not belong together');

export const wrongCode = (): HttpError =>
  new HttpError(401, 'sign-in.wrong-code', 'This is not the code of this moment, or it was used before');

export const locked = (until: string, now: Date): HttpError => {
  const seconds = Math.max(1, Math.ceil((Date.parse(until) - now.getTime()) / 1_000));
  return new HttpError(429, 'sign-in.locked', 'Too many attempts that were wrong: come again later', { 'retry-after': String(seconds) });
};

export const notSignedIn = (): HttpError => new HttpError(401, 'session.none', 'Nobody is signed in here, or no longer');

export const linkIsVoid = (): HttpError => new HttpError(410, 'link.void', 'This link was used, has ended, or was replaced by another one');

/** Named one by one: whoever chooses a password should not have to guess. */
export const passwordRefused = (problems: readonly PasswordProblem[]): AppError =>
  new AppError('invalid', 'password.refused', {
    errors: problems.map((problem) => ({ field: 'password', message: problem, code: `password.${problem}` })),
  });
