import { AppError, errorKinds, type FieldIssue, isTransient } from '@orderbus/kernel';
import { z } from 'zod';
import { issueCode } from './issue-code.ts';

export const problemMediaType = 'application/problem+json';

/** One field that is wrong; by a code with facts, what the message says, for whoever says it in another language. */
export const FieldProblem = z.object({
  field: z.string(),
  message: z.string(),
  code: z.string().optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

/** RFC 9457: what every answer that is not a success looks like. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.string(),
    instance: z.string().optional(),
    correlationId: z.string().optional(),
    errors: z.array(FieldProblem).optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({
    id: 'Problem',
    description:
      'What went wrong, as RFC 9457 problem details. `code` is stable; `errors` names every wrong field, `facts` what it is about, by name; `detail` says why, where the code does not say it all.',
  });
export type Problem = z.infer<typeof Problem>;

/** An answer of the HTTP layer itself, with a status that no kind of domain error has. */
export class HttpError extends Error {
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(detail);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** A request with wrong fields: 400, each of them named. */
export const invalidRequest = (errors: readonly FieldIssue[]): AppError => new AppError('invalid', 'request.invalid', { errors });

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly problem: Problem;
}

/** What the caller may know about an error: everything about his own mistakes, nothing about ours. */
export const problemAnswer = (error: unknown): ProblemAnswer => {
  if (error instanceof AppError && error.kind !== 'bug') return appProblem(error);
  if (error instanceof HttpError) return answer(error.status, error.code, error.message, { headers: error.headers });
  const status = callerMistake(error);
  if (status === undefined) return isTransient(error) ? away : internal;
  const [code, detail] = parserProblems[status] ?? ['request.unreadable', 'The path or the body is malformed'];
  return answer(status, code, detail);
};

/** Zod's issues by field. Unknown keys are named one by one. */
export const fieldIssues = (error: z.ZodError, root = 'body'): readonly FieldIssue[] =>
  error.issues.flatMap((issue): FieldIssue[] => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ field: path.join('.') || root, message: issue.message, ...issueCode(issue) }];
    return issue.keys.map((key) => ({
      ...{ field: [...path, key].join('.'), message: 'Unknown: not a field of this request' },
      code: 'field.unknown',
    }));
  });

const parserProblems: Readonly<Record<number, readonly [code: string, detail: string]>> = {
  413: ['request.too-large', 'The body is larger than a request may be'],
  415: ['request.unsupported-media-type', 'Send the body as application/json, in UTF-8'],
};

const answer = (
  status: number,
  code: string,
  detail: string,
  { headers = {}, errors, facts = {} }: { headers?: Readonly<Record<string, string>>; errors?: readonly FieldIssue[]; facts?: Facts } = {},
): ProblemAnswer => ({
  status,
  headers,
  problem: {
    type: `urn:orderbus:problem:${code}`,
    title: titleOf(code),
    status,
    ...(detail ? { detail } : {}),
    code,
    ...(errors && errors.length > 0 ? { errors: errors.map(({ field, message, code, facts }) => ({ field, message, code, facts })) } : {}),
    ...(Object.keys(facts).length > 0 ? { facts } : {}),
  },
});

type Facts = Readonly<Record<string, unknown>>;

const titleOf = (code: string): string => {
  const words = code.replace(/[.-]/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const internal = answer(500, 'internal', 'The mistake is ours. It is in the log, under the correlation id.');

/** A database that restarts, a connection that broke: nobody's mistake, and over in a moment. */
const away = answer(503, 'unavailable', 'Something that this needs is away for a moment', { headers: { 'retry-after': '5' } });

const appProblem = ({ kind, code, details }: AppError): ProblemAnswer => {
  const { errors, why, ...facts } = details;
  const named = Array.isArray(errors) ? (errors as FieldIssue[]) : undefined;
  return answer(errorKinds[kind].http, code, typeof why === 'string' ? why : '', {
    facts,
    ...(named === undefined ? {} : { errors: named }),
    headers: kind === 'unavailable' ? { 'retry-after': '5' } : {},
  });
};

/** Body parser and router mark what the caller did wrong with a 4xx status. Errors of our own calls (an HTTP client's) must not pass for it. */
const callerMistake = (error: unknown): number | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { status, type } = error as { status?: unknown; type?: unknown };
  const fromParser = typeof type === 'string' && /^(entity|encoding|charset|request|parameters)\./.test(type);
  if (!fromParser && !(error instanceof URIError)) return undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
};
