import { notification } from '../../../api/services.ts';
import type { Tone } from '../../../ui/Status.tsx';
import { language } from '../../../words/index.ts';
import type { AlertKind } from './kinds.ts';

export type AlertStatus = 'open' | 'resolved' | 'info';

export const toneOfAlert: Readonly<Record<AlertStatus, Tone>> = { open: 'attention', resolved: 'ok', info: 'quiet' };

export const alertsPage = (status: AlertStatus, kind: AlertKind | undefined, tenant: string | undefined, cursor: string | undefined) =>
  notification.read('/alerts', { params: { query: { limit: 100, status, kind, tenant, cursor, language: language() } } });

export const alertQuery = (id: string) => notification.read('/alerts/{id}', { params: { path: { id }, query: { language: language() } } });

export type MessageState = 'gathering' | 'pending' | 'sending' | 'sent' | 'failed' | 'dropped';

export const messageStates = ['gathering', 'pending', 'sending', 'sent', 'failed', 'dropped'] as const;
export const channels = ['mail', 'slack', 'webhook'] as const;

export const toneOfMessage: Readonly<Record<MessageState, Tone>> = {
  gathering: 'waiting',
  pending: 'attention',
  sending: 'waiting',
  sent: 'ok',
  failed: 'stopped',
  dropped: 'quiet',
};

/** What failed or waits can be sent again. */
export const canResend = (state: MessageState): boolean => state === 'failed' || state === 'pending';
