import { useQuery } from '@tanstack/react-query';
import { useSession } from '../../../api/session.ts';
import { storesQuery } from '../../../api/stores.ts';
import type { Tone } from '../../../ui/Status.tsx';
import type { Store } from './answers.ts';

export type Region = Store['region'];

export const regions: readonly Region[] = ['na', 'eu', 'fe'];

export const tones: Readonly<Record<Store['status'], Tone>> = {
  connecting: 'waiting',
  running: 'ok',
  ok: 'ok',
  paused: 'attention',
  failing: 'stopped',
  refused: 'stopped',
};

/** How stores stand changes without an event, too. */
const lookMs = 5_000;

export const useStoreList = () => useQuery({ ...storesQuery, refetchInterval: lookMs });

/** What concerns all stores is for those who see all of them. */
export const useSeesAll = (): boolean => useSession().stores === '*';
