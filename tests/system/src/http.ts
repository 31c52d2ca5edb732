export interface Answer {
  readonly status: number;
  readonly type: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely
  readonly body: any;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What is shown at each place: the value of `Authorization`, by origin. */
const credentials = new Map<string, string>();

/** From now on, whoever asks there does it with this credential. */
export const askWith = (authorization: string, ...urls: readonly string[]): void => {
  for (const url of urls) credentials.set(new URL(url).origin, authorization);
};

export const authorized = (url: string): Record<string, string> => {
  const authorization = credentials.get(new URL(url).origin);
  return authorization === undefined ? {} : { authorization };
};

export const ask = async (method: Method, url: string, body?: unknown): Promise<Answer> => {
  const json = body === undefined ? undefined : { body: JSON.stringify(body) };
  const headers = { ...(json && { 'content-type': 'application/json' }), ...authorized(url) };
  return answerOf(await fetch(url, { method, ...json, headers, signal: AbortSignal.timeout(60_000) }));
};

/** The body of a good answer. */
export const told = async (method: Method, url: string, body?: unknown): Promise<Answer['body']> => {
  const answer = await ask(method, url, body);
  if (answer.status >= 300) throw new Error(`${method} ${url} answered ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};

/** Every item of a list, page by page. */
export const everyItem = async <Item>(url: string): Promise<Item[]> => {
  const items: Item[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await told('GET', `${url}${url.includes('?') ? '&' : '?'}limit=200${cursor ? `&cursor=${cursor}` : ''}`);
    items.push(...page.items);
    if (page.nextCursor === undefined) return items;
    cursor = page.nextCursor;
  }
};

export const answerOf = async (response: Response): Promise<Answer> => {
  const type = response.headers.get('content-type') ?? '';
  const text = await response.text();
  return { status: response.status, type, body: /json/.test(type) && text !== '' ? JSON.parse(text) : text };
};
