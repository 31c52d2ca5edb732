import { AppError } from '@orderbus/kernel';
import { HttpError, StoreId, said } from '@orderbus/service-kit';
import { permissionNames, roleNames, singlePermissions } from '@orderbus/service-kit/permissions';
import { z } from 'zod';
import { type RightsRefusal, rightsRefusals } from '../domain/rights.ts';

export const PersonName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Bidi_Control}]+$/u, said('field.not-printable', 'Invalid name: expected printable characters'));

export const StoresView = z.union([z.literal('*'), z.array(StoreId).min(1).max(200)]).describe('All stores (`*`), or these');

/** Why something is done: it stands in the audit log. */
export const Reason = z.string().trim().min(1).max(500);

/** What is given to a person. */
export const rightsFields = {
  role: z.enum(roleNames),
  permissions: z.array(z.enum(singlePermissions)).describe('Single permissions, which no role brings along').transform(unique),
  stores: StoresView,
};

export const Permissions = z.array(z.enum(permissionNames));

function unique<Item>(items: readonly Item[]): Item[] {
  return [...new Set(items)];
}

/** @throws HttpError 403, AppError 409 */
export const refuseRights = (refusal: RightsRefusal | undefined): void => {
  if (refusal === undefined) return;
  const why = rightsRefusals[refusal];
  if (refusal === 'last-manager' || refusal === 'manager-of-some-stores') throw new AppError('conflict', `access.${refusal}`, { why });
  throw new HttpError(403, `access.${refusal}`, why);
};
