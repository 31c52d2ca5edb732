import { useBlocker } from '@tanstack/react-router';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '../../../../ui/ConfirmDialog.tsx';

/** What somebody has changed and not saved, and what it was when he began. */
export interface Draft<Value> {
  readonly base: Value;
  readonly value: Value;
}

type Kept = Readonly<Record<string, Draft<unknown>>>;

interface Drafts {
  readonly kept: Kept;
  readonly put: (place: string, draft: Draft<unknown> | undefined) => void;
}

const DraftsContext = createContext<Drafts>({ kept: {}, put: () => undefined });

export interface DraftsProviderProps {
  /** The name of each place where something can be changed. */
  readonly names: Readonly<Record<string, string>>;
  readonly children: React.ReactNode;
}

/** Keeps what is not saved while its reader looks elsewhere on the page, and asks before he leaves it. */
export const DraftsProvider = ({ names, children }: DraftsProviderProps) => {
  const { t } = useTranslation('stores');
  const [kept, setKept] = useState<Kept>({});
  const put = useCallback<Drafts['put']>(
    (place, draft) =>
      setKept(({ [place]: _, ...others }) =>
        draft === undefined || isSame(draft.base, draft.value) ? others : { ...others, [place]: draft },
      ),
    [],
  );
  const unsaved = Object.keys(kept);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => unsaved.length > 0 && current.pathname !== next.pathname,
    enableBeforeUnload: unsaved.length > 0,
    withResolver: true,
  });
  return (
    <DraftsContext value={useMemo(() => ({ kept, put }), [kept, put])}>
      {children}
      {blocker.status === 'blocked' && (
        <ConfirmDialog
          title={t('store.leaveTitle')}
          action={t('store.leave')}
          danger
          onConfirm={async () => blocker.proceed()}
          onClose={() => blocker.reset()}
        >
          {t('store.leaveText', { places: unsaved.map((place) => names[place] ?? place).join(', ') })}
        </ConfirmDialog>
      )}
    </DraftsContext>
  );
};

export const useDraft = <Value,>(place: string) => {
  const { kept, put } = useContext(DraftsContext);
  return {
    draft: kept[place] as Draft<Value> | undefined,
    put: useCallback((draft: Draft<Value> | undefined) => put(place, draft), [put, place]),
  };
};

/** Which places have something that is not saved. */
export const useUnsaved = (): readonly string[] => Object.keys(useContext(DraftsContext).kept);

export const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
