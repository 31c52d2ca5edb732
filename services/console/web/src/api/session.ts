import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { request } from './request.ts';

export type Permission = 'read' | 'operate' | 'bill' | 'books' | 'administer' | 'see-buyer-data' | 'refund' | 'manage-access';

export interface Session {
  readonly person: { readonly id: string; readonly name: string };
  readonly permissions: readonly Permission[];
  readonly stores: '*' | readonly string[];
  readonly accessUrl: string;
  /** Where the played Amazon is; absent with the real one. */
  readonly sandboxUrl?: string;
}

export const sessionQuery = queryOptions({
  queryKey: ['console', '/api/session'],
  queryFn: async ({ signal }): Promise<Session> => (await request('/api/session', { signal })).json(),
  staleTime: 60_000,
  refetchInterval: 60_000,
  meta: { live: false },
});

/** Who sits here. The frame is shown only once this is known. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

/** Whether this person may; what he may not is shown greyed, with the reason. */
export const useMay = (permission: Permission): boolean => useSession().permissions.includes(permission);

export const signOut = async ({ accessUrl }: Session): Promise<void> => {
  await request('/api/session/end', { method: 'POST' });
  location.assign(new URL('/sign-in', accessUrl));
};
