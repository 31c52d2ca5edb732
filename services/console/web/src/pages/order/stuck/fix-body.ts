import type { Fix } from './reason.ts';

type Added = Readonly<Record<string, string>>;

/** What is sent: what is known, and what the person has added. A list gets it in each of its items. */
export const bodyOf = ({ body }: Pick<Fix, 'body'>, added: Added | undefined): unknown => {
  if (added === undefined) return body;
  return Array.isArray(body) ? body.map((item) => withAdded(item, added)) : withAdded(body, added);
};

const withAdded = (known: unknown, added: Added): object => ({ ...(known as object | undefined), ...added });
