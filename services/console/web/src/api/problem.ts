/** What every service answers when something is not possible (RFC 9457), and a console that cannot be reached, in the same shape. */
export interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  readonly correlationId?: string;
  readonly [more: string]: unknown;
}

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly document: ProblemDocument;

  constructor(document: ProblemDocument) {
    super(document.detail ?? document.title ?? document.code);
    this.document = document;
  }

  get status(): number {
    return this.document.status;
  }

  get code(): string {
    return this.document.code;
  }
}

/** Whatever was thrown, as a problem: pages show nothing else. */
export const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  const offline = error instanceof TypeError;
  return new Problem({
    status: 0,
    code: offline ? 'console.unreachable' : 'console.unexpected',
    detail: error instanceof Error ? error.message : String(error),
  });
};

export const problemOfAnswer = async (answer: Response): Promise<Problem> => {
  const document: unknown = await answer.json().catch(() => undefined);
  const known = typeof document === 'object' && document !== null ? document : {};
  return new Problem({ code: 'console.unexpected', ...known, status: answer.status });
};
