import { residents } from '../index.ts';
import type { Resident, RingName } from '../resident.ts';

/** A resident that keeps something sealed. */
export type Holder = Resident & Required<Pick<Resident, 'keys'>>;

/** Keys, and the services that share them. */
export interface Ring {
  readonly name: RingName;
  /** In the folder `installation`. */
  readonly file: string;
  readonly holders: readonly Holder[];
}

const holders = residents.filter((resident): resident is Holder => resident.keys !== undefined);

export const rings: readonly Ring[] = [...new Set(holders.map(({ keys }) => keys.ring))].map((name) => ({
  name,
  file: name === 'buyers' ? 'keys' : `keys-of-${name}`,
  holders: holders.filter(({ keys }) => keys.ring === name),
}));
