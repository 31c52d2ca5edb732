import { TagsInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../api/services.ts';
import { sayDone } from '../../../ui/said.tsx';
import { ActionDialog } from './ActionDialog.tsx';
import { numberOf } from './about.ts';
import type { ActionDialogProps } from './action.ts';
import { mistakesOf } from './mistakes.ts';
import { useChange, useTakeBack } from './useChange.ts';

const mostTags = 20;
const longestTag = 40;

const keep = (orderId: string, tags: readonly string[]) =>
  done(order.PUT('/orders/{orderId}/tags', { body: { tags: [...tags] }, params: { path: { orderId } } }));

/** Words to find the order by. */
const TagsDialog = ({ facts, onClose }: ActionDialogProps) => {
  const { t } = useTranslation('actions');
  const { id } = facts.order;
  const [before] = useState(facts.order.tags);
  const [tags, setTags] = useState(before);
  const takeBack = useTakeBack();
  const { run, running, problem } = useChange(
    (wanted: readonly string[]) => keep(id, wanted),
    () => {
      sayDone(
        t('tags.done'),
        takeBack(() => keep(id, before)),
      );
      onClose();
    },
  );
  return (
    <ActionDialog
      title={t('tags.title', { number: numberOf(facts) })}
      onClose={onClose}
      verb={t('tags.verb')}
      doing={t('tags.doing')}
      onSubmit={() => run(tags)}
      running={running}
      problem={problem}
      fields={['tags']}
      typed={tags !== before}
      outlook={[{ who: 'here', text: t('tags.stay') }]}
    >
      <TagsInput
        data-autofocus
        label={t('tags.label')}
        description={t('tags.hint')}
        maxTags={mostTags}
        maxLength={longestTag}
        acceptValueOnBlur
        dropdownOpened={false}
        clearable
        styles={{ inputField: { outline: 'none' } }}
        clearButtonProps={{ 'aria-label': t('tags.clear') }}
        value={tags}
        error={mistakesOf(problem, (field) => field.split('.')[0] ?? field).get('tags')}
        onChange={setTags}
      />
    </ActionDialog>
  );
};

export default TagsDialog;
