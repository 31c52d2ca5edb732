import { useNavigate } from '@tanstack/react-router';
import type { Filter } from './FilterBar.tsx';
import type { FilterEditorProps } from './FilterEditor.tsx';
import { lazily } from './lazily.tsx';

const Editor = lazily<FilterEditorProps>(() => import('./FilterEditor.tsx'));

export type SearchChange = (part: Readonly<Record<string, string | undefined>>) => void;

/** Changes a part of the address; the rest stays. */
export const useSearchChange = (): SearchChange => {
  const navigate = useNavigate();
  return (part) => void navigate({ to: '.', search: ((kept: object) => ({ ...kept, ...part })) as never, replace: true });
};

interface FilterOf<Value extends string> {
  readonly id: string;
  readonly label: string;
  readonly value: Value | undefined;
  readonly change: SearchChange;
}

export const textFilter = ({ id, label, value, change }: FilterOf<string>): Filter => ({
  id,
  label,
  value,
  clear: () => change({ [id]: undefined }),
  edit: (close) => (
    <Editor
      label={label}
      value={value}
      onDone={(text) => {
        change({ [id]: text || undefined });
        close();
      }}
    />
  ),
});

export const choiceFilter = <Value extends string>({
  id,
  label,
  value,
  change,
  choices,
}: FilterOf<Value> & { readonly choices: readonly (readonly [Value, string])[] }): Filter => ({
  id,
  label,
  value: choices.find(([one]) => one === value)?.[1],
  clear: () => change({ [id]: undefined }),
  edit: (close) => (
    <Editor
      label={label}
      value={value}
      choices={choices}
      onDone={(chosen) => {
        change({ [id]: chosen });
        close();
      }}
    />
  ),
});
