import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Store } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session.ts';
import { Card } from '../../ui/Card.tsx';
import { Empty } from '../../ui/Empty.tsx';
import { orderStates } from '../../ui/order-states.ts';
import type { Overview } from './answers.ts';
import { ordersIn } from './states.ts';

/** There is no store yet: the only thing to do is to add one. */
export const FirstStore = () => {
  const { t } = useTranslation('today');
  const may = useMay('administer');
  return (
    <Card>
      <Empty title={t('first.title')} text={t('first.text')}>
        {may ? (
          <Button component={Link} to="/setup/stores/new" leftSection={<Store size={16} aria-hidden="true" />}>
            {t('first.add')}
          </Button>
        ) : (
          <p>{t('first.mayNot')}</p>
        )}
      </Empty>
    </Card>
  );
};

/** Stores are in step, and there is no order of any kind. */
export const NothingSold = ({ states }: { readonly states: Overview['states'] }) => {
  const { t } = useTranslation('today');
  if (orderStates.some((state) => ordersIn(states, state) > 0)) return null;
  return (
    <Card>
      <Empty title={t('nothingSold.title')} text={t('nothingSold.text')} />
    </Card>
  );
};
