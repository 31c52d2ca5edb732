import type { Attributes } from '@opentelemetry/api';
import type { Envelope } from '@orderbus/contracts';

/*
 * What spans and their attributes are called, for all of us. The names are those of OpenTelemetry's semantic conventions, where these have one;
 * those for messaging are still in development there: when one changes, it changes here. Everything that may be said in a trace is in this file:
 * names, kinds, numbers and ids of our own. Nothing of a URL, a body, a statement or an error's text.
 */

export const spanNames = {
  /** A batch of messages, one transaction. */
  process: (service: string) => `process ${service}`,
  /** A window of the outbox. */
  send: (service: string) => `send ${service}`,
  /** Commands of a request or a job. */
  execute: (target: string) => `execute ${target}`,
  /** By the pattern of the route: paths hold ids. */
  request: (method: string, route: string | undefined) => (route === undefined ? method : `${method} ${route}`),
  /** Everything that is due at one store. */
  pass: 'poll store',
  page: 'read page',
  sweep: 'sweep store',
  importOrder: 'import order',
  /** One command of the ledger, to Amazon. */
  write: (kind: string) => `write ${kind}`,
  /** Commands that go together, as a feed. */
  feed: 'write feed',
  /** An event, to a program that has asked for it. */
  webhook: 'call webhook',
  /** What the staff is told, by mail or by whatever takes it. */
  message: (channel: string) => `send ${channel}`,
} as const;

export const batchAttributes = (system: string, operation: 'process' | 'send', destination: string, count: number): Attributes => ({
  'messaging.system': system,
  'messaging.operation.name': operation,
  'messaging.operation.type': operation,
  'messaging.destination.name': destination,
  'messaging.batch.message_count': count,
});

export const messageAttributes = (
  system: string,
  topic: string,
  { id, correlationId }: Pick<Envelope, 'id' | 'correlationId'>,
): Attributes => ({
  'messaging.system': system,
  'messaging.operation.name': 'process',
  'messaging.operation.type': 'process',
  'messaging.destination.name': topic,
  'messaging.message.id': id,
  'messaging.message.conversation_id': correlationId,
});

export const serverAttributes = (method: string): Attributes => ({ 'http.request.method': method });

export const answeredAttributes = (status: number, route?: string): Attributes => ({
  'http.response.status_code': status,
  ...(route === undefined ? {} : { 'http.route': route }),
});

export const clientAttributes = (peer: string, method: string, template?: string): Attributes => ({
  'service.peer.name': peer,
  'http.request.method': method,
  ...(template === undefined ? {} : { 'url.template': template }),
});

/** How a piece of work ended, in the word of its metric. */
export const outcomeAttribute = (outcome: string): Attributes => ({ 'orderbus.outcome': outcome });

export const webhookAttributes = (webhookId: string, eventId: string): Attributes => ({
  'orderbus.webhook': webhookId,
  'messaging.message.id': eventId,
  'http.request.method': 'POST',
});

export const storeAttribute = (storeId: string): Attributes => ({ 'orderbus.store': storeId });

export const errorAttribute = (type: string): Attributes => ({ 'error.type': type });
