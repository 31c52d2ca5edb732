import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useScope } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { number } from '../../ui/format.ts';
import { Loaded } from '../../ui/Loaded.tsx';
import { NeedsList } from './NeedsList.tsx';
import { needsInShort } from './queries.ts';

/** What needs a person, in short. */
export const NeedsCard = ({ total }: { readonly total: number | undefined }) => {
  const { t } = useTranslation('today');
  const store = useScope();
  const query = useQuery(needsInShort(store));
  return (
    <Card
      title={t('needs.title')}
      flush
      actions={
        total ? (
          <Button component={Link} to="/needs" variant="subtle" size="compact-sm">
            {t('needs.all', { total: number(total) })}
          </Button>
        ) : null
      }
    >
      <Loaded query={query} height={336}>
        {({ items }) =>
          items.length === 0 ? <Empty title={t('needs.nothing')} text={t('needs.nothingText')} /> : <NeedsList needs={items} />
        }
      </Loaded>
    </Card>
  );
};
