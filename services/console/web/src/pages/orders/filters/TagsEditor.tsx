import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface TagsEditorProps {
  readonly tags: string[];
  readonly choose: (tags: readonly string[]) => void;
}

export const TagsEditor = ({ tags, choose }: TagsEditorProps) => {
  const { t } = useTranslation('orders');
  return <TagsInput label={t('filter.tag')} description={t('filter.tagHint')} data-autofocus value={tags} onChange={choose} />;
};
