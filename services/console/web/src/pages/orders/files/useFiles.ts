import { useLocalStorage } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { problemOf } from '../../../api/problem.ts';
import { order } from '../../../api/services.ts';
import { useSession } from '../../../api/session.ts';
import { askFor, type FileState, type WantedFile } from './files.ts';

/** A file that somebody asked for here. */
interface Asked {
  readonly id: string;
  readonly at: string;
}

export interface OwnFile extends Asked {
  /** Nothing before the first answer. */
  readonly state?: FileState | undefined;
}

const isUnderway = (state: FileState | undefined): boolean => state === undefined || state.state === 'waiting' || state.state === 'running';

const everyMs = 1_000;
const mostRemembered = 20;

/** The files that this person has asked for in this browser, as long as they are kept: whoever leaves the page finds them again. */
export const useFiles = () => {
  const { person } = useSession();
  const [asked, remember] = useLocalStorage<readonly Asked[]>({
    key: `orderbus.files.${person.id}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  const answers = useQueries({
    queries: asked.map(({ id }) => ({
      ...order.read('/exports/{exportId}', { params: { path: { exportId: id } } }),
      refetchInterval: ({ state }: { readonly state: { readonly data?: FileState; readonly error: unknown } }) =>
        state.error === null && isUnderway(state.data) ? everyMs : false,
      meta: { live: false },
    })),
  });
  const files: OwnFile[] = asked.flatMap((one, n) => {
    const { data, error = null } = answers[n] ?? {};
    return error !== null && problemOf(error).status === 404 ? [] : [{ ...one, state: data }];
  });
  return {
    files,
    underway: files.filter(({ state }) => isUnderway(state)).length,
    forget: (id: string) => remember((before) => before.filter((one) => one.id !== id)),
    ask: async (wanted: WantedFile, key: string): Promise<void> => {
      const id = await askFor(wanted, key);
      remember((before) => [{ id, at: new Date().toISOString() }, ...before.filter((one) => one.id !== id)].slice(0, mostRemembered));
    },
  };
};
