import { Button, Group } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { done, own } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { Page } from '../../ui/Page.tsx';
import type { NeedKind } from './answers.ts';
import { KindChips } from './KindChips.tsx';
import { NeedsList } from './NeedsList.tsx';
import { kindFrom } from './need-kinds.ts';

const atOnce = 50;

/** Everything that needs a person, with the button that mends it. */
const NeedsPage = () => {
  const { t } = useTranslation(['needs', 'common']);
  const navigate = useNavigate();
  const store = useScope();
  const kind = kindFrom(useSearch({ strict: false, select: (search: { kind?: unknown }) => search.kind }));
  const { data: overview } = useQuery(own.read('/api/overview', { params: { query: { store } } }));
  const query = useNeeds(store, kind);
  const choose = (chosen: NeedKind | undefined): void =>
    void navigate({ to: '.', search: ((kept: object) => ({ ...kept, kind: chosen })) as never, replace: true });
  return (
    <Page title={t('needs:title')} about={overview && overview.needsMe > 0 && t('needs:about', { count: overview.needsMe })}>
      <KindChips counts={overview?.needs ?? []} total={overview?.needsMe} chosen={kind} onChoose={choose} />
      <Card flush>
        <Loaded query={query} height={480}>
          {(needs) =>
            needs.length === 0 ? (
              <Empty
                title={kind ? t('needs:nothingOfKind') : t('needs:nothing')}
                text={kind ? t('needs:nothingOfKindText') : t('needs:nothingText')}
              />
            ) : (
              <NeedsList key={`${store} ${kind}`} needs={needs} />
            )
          }
        </Loaded>
      </Card>
      {query.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('common:do.more')}
          </Button>
        </Group>
      )}
    </Page>
  );
};

const useNeeds = (store: string | undefined, kind: NeedKind | undefined) =>
  useInfiniteQuery({
    queryKey: [own.name, '/api/needs', 'all', { store, kind }],
    queryFn: ({ pageParam, signal }) =>
      done(own.GET('/api/needs', { params: { query: { limit: atOnce, store, kind, cursor: pageParam } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
  });

export default NeedsPage;
