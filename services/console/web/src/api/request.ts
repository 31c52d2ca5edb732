import { fieldMessage } from '../ui/field-message.ts';
import { loadWords } from '../words/index.ts';
import { Problem, problemOfAnswer } from './problem.ts';

/** A page that nobody has touched for so long does not keep its session alive. */
const awayAfterMs = 5 * 60_000;

let touchedAt = Date.now();
for (const kind of ['pointerdown', 'keydown', 'wheel'] as const)
  window.addEventListener(
    kind,
    () => {
      touchedAt = Date.now();
    },
    { passive: true, capture: true },
  );

/** What the console's backend wants to see on every request: that it comes from this page, and whether somebody sits before it. */
const ownHeaders = (): Record<string, string> => ({
  'x-orderbus': 'console',
  'x-orderbus-visitor': Date.now() - touchedAt > awayAfterMs ? 'away' : 'here',
});

/** `fetch` to our own origin. Whoever is not signed in is led there; every other failure is thrown. @throws Problem */
export const request = async (path: string | Request, init: RequestInit = {}): Promise<Response> => {
  const asked = new Request(path, init);
  for (const [name, value] of Object.entries(ownHeaders())) asked.headers.set(name, value);
  const answer = await fetch(asked);
  if (answer.ok) return answer;
  const signIn = answer.headers.get('x-sign-in');
  if (answer.status === 401 && signIn !== null) return leaveFor(signIn);
  throw await inReadersWords(await problemOfAnswer(answer));
};

/** What is wrong with which field is shown in many places: it is said in the reader's language from here on. */
const inReadersWords = async ({ document }: Problem): Promise<Problem> => {
  const { errors } = document;
  if (errors === undefined) return new Problem(document);
  await loadWords('fields', 'told').catch(() => {});
  return new Problem({ ...document, errors: errors.map((one) => ({ ...one, message: fieldMessage(one) })) });
};

/** The page is being left: whoever waits for an answer waits for the next page. */
const leaveFor = (signIn: string): Promise<never> => {
  const there = new URL(signIn, location.href);
  there.searchParams.set('next', location.href);
  location.assign(there);
  return new Promise(() => {});
};
