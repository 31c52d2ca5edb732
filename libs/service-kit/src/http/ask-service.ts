import { answeredAttributes, clientAttributes, failed, SpanKind, spanNames, tracedPart } from '@orderbus/outbox';
import { context } from '../context.ts';

export interface AskedService {
  /** Who is asked. */
  readonly peer: string;
  /** What for, by the pattern of its route: traces hold no ids. */
  readonly route: string;
}

type Question = Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> };

/** `fetch` from another service of ours, as a part of what is being done here: it is told what belongs together. */
export const askService = ({ peer, route }: AskedService, url: string | URL, question: Question = {}): Promise<Response> => {
  const { method = 'GET' } = question;
  const attributes = clientAttributes(peer, method, route);
  return tracedPart(spanNames.request(method, route), { kind: SpanKind.CLIENT, attributes }, async (span) => {
    const answer = await fetch(url, { redirect: 'error', ...question, headers: { ...belonging(), ...question.headers } });
    span?.setAttributes(answeredAttributes(answer.status));
    if (span && answer.status >= 400) failed(span, String(answer.status));
    return answer;
  });
};

/** Headers that say what belongs together, in logs and in traces. */
export const belonging = (): Record<string, string> => {
  const { correlationId, traceparent } = context();
  return { ...(correlationId ? { 'x-correlation-id': correlationId } : {}), ...(traceparent ? { traceparent } : {}) };
};
