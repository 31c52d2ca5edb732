import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { useScope, useStores } from '../../api/stores.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

export interface NoOrderProps {
  readonly error: unknown;
  readonly reference: string;
  readonly retry: () => unknown;
}

/** Why no order is shown here, and where it may be. */
export const NoOrder = ({ error, reference, retry }: NoOrderProps) => {
  const problem = problemOf(error);
  if (problem.code === 'order.ambiguous') return <WhichStore reference={reference} tenants={problem.facts('tenants')} />;
  return problem.status === 404 ? <NotHere reference={reference} /> : <ProblemNote error={error} retry={retry} />;
};

const NotHere = ({ reference }: { readonly reference: string }) => {
  const { t } = useTranslation('order');
  const scope = useScope();
  const store = useStores().find(({ id }) => id === scope)?.name ?? scope;
  return (
    <Card>
      <Empty title={t('none.title', { reference })} text={store === undefined ? t('none.text') : t('none.textInStore', { store })}>
        <Group justify="center">
          {scope !== undefined && (
            <Button
              renderRoot={(button) => (
                <Link {...button} to="/orders/$orderId" params={{ orderId: reference }} search={{ store: undefined }} />
              )}
            >
              {t('none.everywhere')}
            </Button>
          )}
          <Button variant="default" renderRoot={(button) => <Link {...button} to="/orders" search={{ q: reference }} />}>
            {t('none.search')}
          </Button>
        </Group>
      </Empty>
    </Card>
  );
};

/** Two stores may have given the same number: whoever came here says which one he means. */
const WhichStore = ({ reference, tenants }: { readonly reference: string; readonly tenants: readonly string[] }) => {
  const { t } = useTranslation('order');
  const stores = useStores();
  return (
    <Card>
      <Empty title={t('several.title', { reference })} text={t('several.text')}>
        <Group justify="center">
          {tenants.map((tenant) => (
            <Button
              key={tenant}
              variant="default"
              renderRoot={(button) => (
                <Link
                  {...button}
                  to="/orders/$orderId"
                  params={{ orderId: reference }}
                  search={((kept: object) => ({ ...kept, store: tenant })) as never}
                />
              )}
            >
              {stores.find(({ id }) => id === tenant)?.name ?? tenant}
            </Button>
          ))}
        </Group>
      </Empty>
    </Card>
  );
};
