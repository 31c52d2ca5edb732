import { type AlertKind, natureOf } from '../domain/alert.ts';
import { samples } from '../domain/samples.ts';
import type { Content, ToldAlert } from './compose.ts';

/** An invented alert, as if it had been raised just now. */
export const sampleAlert = (kind: AlertKind, tenant: string, now: Date): ToldAlert => {
  const { severity, settledBy } = natureOf[kind];
  return {
    ...{ id: '00000000-0000-0000-0000-000000000000', tenant, orderId: null, kind, severity, status: settledBy === null ? 'info' : 'open' },
    ...{ data: samples[kind], raisedAt: now.toISOString(), resolvedAt: null },
  };
};

/** The message that a test sends, and a preview shows. */
export const sampleContent = (kind: AlertKind, tenant: string, now: Date, rule: string): Content => ({
  ...{ alerts: [sampleAlert(kind, tenant, now)], counts: { [kind]: 1 }, rule, test: true },
});
