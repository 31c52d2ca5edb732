import type { Caller } from '../access/caller.ts';

/** Who does something, as it stands on record: the caller, or the one in whose name a service calls. */
export const actorOf = ({ caller }: { readonly caller: Caller }): { kind: 'person'; name: string } => ({
  kind: 'person',
  name: caller.onBehalfOf ?? caller.name,
});
