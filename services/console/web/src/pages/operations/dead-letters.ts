import { queryOptions } from '@tanstack/react-query';
import { access, billing, done, fulfillment, gateway, notification, order } from '../../api/services.ts';

/** Every service keeps its own dead letters, under the same routes. */
export const services = { 'amazon-gateway': gateway, order, fulfillment, billing, notification, access } as const;
export type ServiceName = keyof typeof services;
export const serviceNames = Object.keys(services) as ServiceName[];

export interface Letter {
  readonly id: string;
  readonly messageId: string;
  readonly topic: string;
  readonly key: string;
  readonly reason: string;
  readonly errorClass: string | null;
  readonly errorMessage: string | null;
  readonly attempts: number;
  readonly firstSeenAt: string;
  readonly deadAt: string;
  readonly status: 'open' | 'redriven' | 'discarded';
  readonly resolvedBy: string | null;
  readonly resolutionNote: string | null;
}

const shown = 200;

/** The newest of a service. No event tells of a message that was parked: they are looked at anew. */
export const lettersOf = (service: ServiceName, status: Letter['status']) =>
  queryOptions({
    queryKey: [service, '/dead-letters', status],
    refetchInterval: 5_000,
    queryFn: async ({ signal }): Promise<readonly Letter[]> => {
      const { GET } = services[service] as typeof gateway;
      return (await done(GET('/dead-letters', { params: { query: { limit: shown, status } }, signal }))).items;
    },
  });

export const redrive = async (service: ServiceName, id: string): Promise<unknown> =>
  done((services[service] as typeof gateway).POST('/dead-letters/{id}/redrive', { params: { path: { id } } }));

export const discard = async (service: ServiceName, id: string, reason: string): Promise<unknown> =>
  done((services[service] as typeof gateway).POST('/dead-letters/{id}/discard', { params: { path: { id } }, body: { reason } }));

export interface Pile {
  readonly id: string;
  readonly service: ServiceName;
  readonly topic: string;
  readonly reason: string;
  /** What went wrong, as the machine says it, without what is particular to one message. */
  readonly cause: string | undefined;
  readonly letters: readonly Letter[];
  readonly firstAt: string;
  readonly lastAt: string;
}

/** Letters that failed for the same reason belong together: they are mended together. Largest first. */
export const pilesOf = (letters: readonly { readonly service: ServiceName; readonly letter: Letter }[]): Pile[] => {
  const piles = Map.groupBy(letters, ({ service, letter }) => [service, letter.topic, letter.reason, letter.errorClass ?? ''].join('\n'));
  return [...piles]
    .flatMap(([id, members]) => {
      const [first] = members;
      if (first === undefined) return [];
      const times = members.map(({ letter }) => letter.deadAt).toSorted();
      const { reason, errorMessage, errorClass } = first.letter;
      const cause = errorMessage ?? errorClass ?? undefined;
      return [
        {
          ...{ id, service: first.service, topic: first.letter.topic, reason, cause },
          ...{ letters: members.map(({ letter }) => letter), firstAt: times.at(0) ?? '', lastAt: times.at(-1) ?? '' },
        },
      ];
    })
    .toSorted((a, b) => b.letters.length - a.letters.length);
};
