import { tenancyOf } from '@orderbus/setup';
import { members } from './services.ts';

/** The schemas of the services, and that of the embedded broker, which keeps no audit log. */
export const tenancies = [...members.map(({ schema }) => schema), 'broker'].map((schema) => ({
  ...tenancyOf({ schema }),
  audited: schema !== 'broker',
}));

/** Roles belong to the whole server. Derived from its password, two installations on one server agree on theirs. */
export const secretOf = (adminUrl: string): string | undefined => new URL(adminUrl).password || undefined;

/** Stands for the URLs while only the rest of the environment is read. */
export const unknownYet: Readonly<Record<string, string>> = Object.fromEntries(
  tenancies.map(({ schema }) => [schema, 'postgres://127.0.0.1/not-known-yet']),
);
