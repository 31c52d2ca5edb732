import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';

export const NotFound = () => {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <Empty title={t('notFound.title')} text={t('notFound.text')}>
        <Button component={Link} to="/">
          {t('notFound.home')}
        </Button>
      </Empty>
    </Page>
  );
};
