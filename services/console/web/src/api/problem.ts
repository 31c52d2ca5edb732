/** What every service answers when something is not possible (RFC 9457), and a console that cannot be reached, in the same shape. */
export interface ProblemDocument {
  readonly status: number;
  readonly code: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly FieldError[];
  /** What it is about, by name. */
  readonly facts?: ProblemFacts;
  readonly correlationId?: string;
}

type ProblemFacts = Readonly<Record<string, unknown>>;

export interface FieldError {
  readonly field: string;
  readonly message: string;
  /** The same, for whoever says it in another language. */
  readonly code?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
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

  /** One of the facts that it is about, if it is a text or a number. */
  fact(name: string): string | undefined {
    const value = this.document.facts?.[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  }

  /** As `fact`, where there are several. */
  facts(name: string): readonly string[] {
    const value = this.document.facts?.[name];
    return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
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

export const problemOfAnswer = async (answer: Response): Promise<Problem> =>
  new Problem(documentOf(await answer.json().catch(() => undefined), answer.status));

/** What an answer says, as far as it is a problem document: whatever stands between us and a service may have answered in its place. */
export const documentOf = (answer: unknown, status: number): ProblemDocument => {
  const said = isRecord(answer) ? answer : {};
  const { code = 'console.unexpected', title, detail, correlationId } = textsOf(said);
  return {
    ...{ status, code },
    ...(title === undefined ? {} : { title }),
    ...(detail === undefined ? {} : { detail }),
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(Array.isArray(said.errors) ? { errors: said.errors.filter(isFieldError) } : {}),
    ...(isRecord(said.facts) ? { facts: said.facts } : {}),
  };
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textsOf = (said: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(said).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));

const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && typeof value.field === 'string' && typeof value.message === 'string';
