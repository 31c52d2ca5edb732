import type { IncomingHttpHeaders } from 'node:http';
import { HttpError } from '@orderbus/service-kit';

/** What somebody has to be allowed who has to do with buyers' data. */
type Permission = 'see-buyer-data' | 'manage-buyer-data';

/** Until people sign in, nobody can say who they are: only on one's own machine may they say what they are allowed. */
export const vaultAccess = ['deny', 'open-on-loopback'] as const;
export type VaultAccess = (typeof vaultAccess)[number];

/** @throws HttpError 403 unless `X-Permissions` names the permission, and is believed here. `what` it is for is named then. */
export type Demand = (headers: IncomingHttpHeaders, permission: Permission, what?: string) => void;

export const demandWith =
  (access: VaultAccess): Demand =>
  (headers, permission, what) => {
    const meant = what === undefined ? '' : `: ${what}`;
    if (access === 'deny') throw new HttpError(403, 'buyer.closed', `The vault of this installation is closed, see VAULT_ACCESS${meant}`);
    const given = String(headers['x-permissions'] ?? '').split(',');
    if (!given.some((name) => name.trim() === permission))
      throw new HttpError(403, 'buyer.not-permitted', `Needs the permission ${permission}${meant}`);
  };
