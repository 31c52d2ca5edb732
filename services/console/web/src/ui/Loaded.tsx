import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from './ProblemNote.tsx';

const waitMs = 200;

export interface LoadedProps<Data> {
  readonly query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  /** The height that the content will have, so that nothing jumps. */
  readonly height: number | string;
  readonly children: (data: Data) => React.ReactNode;
}

/** The content once it is there; before, room for it; instead, what went wrong. What was loaded stays while newer is fetched. */
export const Loaded = <Data,>({ query: { data, error, refetch }, height, children }: LoadedProps<Data>) => {
  const problem = useLast(error, data !== undefined);
  if (data !== undefined)
    return (
      <>
        {error && <ProblemNote error={error} retry={refetch} />}
        {children(data)}
      </>
    );
  return problem ? <ProblemNote error={problem} retry={refetch} /> : <Waiting height={height} />;
};

/** The last error, until it is over: a new try has none yet, and what is read would vanish with each. */
const useLast = <Error,>(error: Error | null, over: boolean): Error | null => {
  const last = useRef(error);
  if (error !== null || over) last.current = error;
  return last.current;
};

/** Room for what is being loaded. It shimmers only when it takes long enough to be noticed. */
export const Waiting = ({ height }: { readonly height: number | string }) => {
  const { t } = useTranslation();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), waitMs);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div style={{ minHeight: height }} aria-busy="true">
      <span className="visually-hidden" role="status">
        {t('loading')}
      </span>
      {long && <Skeleton height={height} aria-hidden="true" />}
    </div>
  );
};
