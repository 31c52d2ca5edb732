import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Card } from '../../../ui/Card.tsx';
import { ActionButton } from '../ActionButton.tsx';
import { actions } from '../actions/index.ts';
import type { OrderTabProps } from '../tab-props.ts';

/** Its tags: by them orders are found again. */
export const TagsCard = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const { tags } = facts.order;
  return (
    <Card
      title={t('tags.title')}
      actions={actions
        .filter(({ id }) => id === 'tags')
        .map((action) => <ActionButton key={action.id} action={action} facts={facts} size="compact-sm" variant="default" />)}
    >
      {tags.length === 0 && <Text c="dimmed">{t('tags.none')}</Text>}
      <Group gap="xs">
        {tags.map((tag) => (
          <Badge key={tag} variant="light" color="gray" tt="none">
            {tag}
          </Badge>
        ))}
      </Group>
    </Card>
  );
};
