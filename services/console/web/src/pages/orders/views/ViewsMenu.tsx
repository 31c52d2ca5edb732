import { Button } from '@mantine/core';
import { Bookmark, ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridLayoutState } from '../../../ui/grid/layout.ts';
import { lazily } from '../../../ui/lazily.tsx';
import { ChoiceMenu } from '../../../ui/menu/ChoiceMenu.tsx';
import { sayDone, sayFailed } from '../../../ui/said.tsx';
import { filtersOf, type OrdersSearch, searchOfFilters, sortOf } from '../search.ts';
import { contentOf, definitionOf, isAsSaved, layoutOf, type SavedView } from './definition.ts';
import type { NameDialogProps } from './NameDialog.tsx';
import { useViews } from './useViews.ts';

const NameDialog = lazily<NameDialogProps>(async () => ({ default: (await import('./NameDialog.tsx')).NameDialog }));

export interface ViewsMenuProps {
  readonly search: OrdersSearch;
  readonly layout: GridLayoutState;
  /** Replaces all that the address says. */
  readonly go: (search: OrdersSearch) => void;
}

/** Saved ways to look at the list: filters, sorting, columns and density under a name. */
export const ViewsMenu = ({ search, layout, go }: ViewsMenuProps) => {
  const { t } = useTranslation('orders');
  const { views, add, replace, remove } = useViews();
  const [naming, setNaming] = useState<'new' | 'rename'>();
  const open = views.find(({ id }) => id === search.view);
  const now = definitionOf(filtersOf(search, undefined), sortOf(search), layout.layout);
  const changed = open !== undefined && !isAsSaved(open, now);

  const show = (view: SavedView): void => {
    layout.change(layoutOf(view, layout.layout));
    go({ ...searchOfFilters(view.filters, view.sort), view: view.id });
  };
  const takeAway = async (view: SavedView): Promise<void> => {
    await remove(view.id);
    go({ ...search, view: undefined });
    sayDone(t('views.removed', { name: view.name }), () => add(contentOf(view)).then(show, sayFailed));
  };
  const update = async (view: SavedView): Promise<void> => {
    const before = contentOf(view);
    await replace({ ...now, name: view.name, id: view.id });
    sayDone(t('views.replaced', { name: view.name }), () => replace({ ...before, id: view.id }).catch(sayFailed));
  };
  const named = async (name: string): Promise<void> => {
    if (naming === 'rename' && open) await replace({ ...contentOf(open), name, id: open.id });
    else go({ ...search, view: (await add({ ...now, name })).id });
    setNaming(undefined);
  };
  const name = open?.name ?? t('views.all');
  return (
    <>
      <ChoiceMenu
        position="bottom-end"
        width={260}
        button={
          <Button
            variant="default"
            leftSection={<Bookmark size={16} aria-hidden="true" />}
            rightSection={<ChevronDown size={14} aria-hidden="true" />}
          >
            {changed ? t('views.changed', { name }) : t('views.label', { name })}
          </Button>
        }
        groups={[
          [
            { id: 'all', label: t('views.all'), choose: () => go({}), isCurrent: open === undefined },
            ...views.map((view) => ({ id: view.id, label: view.name, choose: () => show(view), isCurrent: view.id === open?.id })),
          ],
          [
            { id: 'save', label: t('views.saveAs'), choose: () => setNaming('new') },
            ...(open && changed
              ? [{ id: 'replace', label: t('views.replace', { name }), choose: () => void update(open).catch(sayFailed) }]
              : []),
            ...(open
              ? [
                  { id: 'rename', label: t('views.rename', { name }), choose: () => setNaming('rename') },
                  { id: 'remove', label: t('views.remove', { name }), choose: () => void takeAway(open).catch(sayFailed) },
                ]
              : []),
          ],
        ]}
      />
      {naming && (
        <NameDialog
          title={naming === 'new' ? t('views.saveAs') : t('views.rename', { name })}
          about={naming === 'new' && search.q !== undefined ? t('views.withoutText') : undefined}
          name={naming === 'rename' ? name : ''}
          save={named}
          close={() => setNaming(undefined)}
        />
      )}
    </>
  );
};
