import { notification } from '../../../api/services.ts';
import type { Tone } from '../../../ui/Status.tsx';

export const webhooksQuery = notification.read('/webhooks');

type Answer = Awaited<ReturnType<Extract<NonNullable<typeof webhooksQuery.queryFn>, (context: never) => unknown>>>;
export type Webhook = Answer['items'][number];

export type Standing = Webhook['state'] | 'failing';

/** One that is on and does nothing but fail is on its way to being paused. */
export const standingOf = ({ state, failures }: Pick<Webhook, 'state' | 'failures'>): Standing =>
  state === 'enabled' && failures > 0 ? 'failing' : state;

export const toneOf: Readonly<Record<Standing, Tone>> = { enabled: 'ok', failing: 'attention', paused: 'stopped', disabled: 'quiet' };

export type DeliveryState = 'pending' | 'sending' | 'delivered' | 'failed';
export const deliveryStates = ['pending', 'sending', 'delivered', 'failed'] as const;

export const toneOfDelivery: Readonly<Record<DeliveryState, Tone>> = {
  pending: 'waiting',
  sending: 'waiting',
  delivered: 'ok',
  failed: 'stopped',
};

/** Topics by what they begin with, which is what they are about. */
export const groupsOf = (topics: readonly string[]): readonly (readonly [group: string, topics: readonly string[]])[] => [
  ...Map.groupBy(topics, (topic) => topic.split('.')[0] ?? topic),
];

/** With the whole of a group, its single topics go without saying. */
export const chosenTopics = (chosen: readonly string[]): string[] =>
  chosen.filter((topic) => topic.endsWith('*') || !chosen.includes(`${topic.split('.')[0]}.*`));
