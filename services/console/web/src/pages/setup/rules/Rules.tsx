import { Group } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../../../ui/Action.tsx';
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx';
import { Empty } from '../../../ui/Empty.tsx';
import { lazily } from '../../../ui/lazily.tsx';
import { sayDone } from '../../../ui/said.tsx';
import { Notice } from '../parts/Notice.tsx';
import { asRead } from './draft.ts';
import { type Asked, RuleCard } from './RuleCard.tsx';
import { type Rule, type RuleInput, type RuleSet, saveRules } from './rules.ts';

const PreviewDialog = lazily(async () => ({ default: (await import('./PreviewDialog.tsx')).PreviewDialog }));
const RuleForm = lazily(async () => ({ default: (await import('./RuleForm.tsx')).RuleForm }));
const TestDialog = lazily(async () => ({ default: (await import('./TestDialog.tsx')).TestDialog }));

export interface RulesProps {
  readonly tenant: string | undefined;
  readonly store: string;
  readonly set: RuleSet;
}

type Open = { readonly asked: Asked; readonly rule: Rule } | { readonly asked: 'add' | 'back' };

/** The rules of one set, and what can be done with each. They are written back as a whole. */
export const Rules = ({ tenant, store, set: { inherited, rules, etag } }: RulesProps) => {
  const { t } = useTranslation('alerts');
  const queries = useQueryClient();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  // A store's first rule takes the place of those for all stores; so does the first for all stores, of the installation's own.
  const own = inherited ? [] : rules;
  const save = async (inputs: RuleInput[] | null, said: string): Promise<void> => {
    await saveRules(tenant, etag, inputs);
    await queries.invalidateQueries({ queryKey: ['notification', '/rules'] });
    sayDone(said);
    close();
  };
  const others = (rule: Rule): RuleInput[] => own.filter(({ id }) => id !== rule.id).map(asRead);
  return (
    <>
      {inherited && <Notice>{tenant === undefined ? t('rule.usual') : t('rule.inherited', { store })}</Notice>}
      <Group>
        <Action needs="administer" onClick={() => setOpen({ asked: 'add' })}>
          {t('rule.add')}
        </Action>
        {!inherited && (
          <Action needs="administer" variant="default" onClick={() => setOpen({ asked: 'back' })}>
            {t(tenant === undefined ? 'rule.backAll' : 'rule.back')}
          </Action>
        )}
      </Group>
      {rules.length === 0 && <Empty title={t('rule.none')} text={t('rule.noneText')} />}
      {rules.map((rule) => (
        <RuleCard key={rule.id} rule={rule} fixed={inherited} onAsk={(asked) => setOpen({ asked, rule })} />
      ))}
      {open?.asked === 'add' && (
        <RuleForm index={own.length} onSave={(input) => save([...own.map(asRead), input], t('rule.saved'))} onClose={close} />
      )}
      {open?.asked === 'edit' && (
        <RuleForm
          rule={open.rule}
          index={own.indexOf(open.rule)}
          onSave={(input) =>
            save(
              own.map((rule) => (rule.id === open.rule.id ? input : asRead(rule))),
              t('rule.saved'),
            )
          }
          onClose={close}
        />
      )}
      {open?.asked === 'preview' && <PreviewDialog rule={open.rule} onClose={close} />}
      {open?.asked === 'test' && <TestDialog tenant={tenant} rule={open.rule} onClose={close} />}
      {open?.asked === 'remove' && (
        <ConfirmDialog
          title={t('rule.removeTitle', { name: open.rule.name })}
          action={t('rule.remove')}
          danger
          onConfirm={() => save(others(open.rule), t('rule.removed', { name: open.rule.name }))}
          onClose={close}
        >
          {t('rule.removeText')}
        </ConfirmDialog>
      )}
      {open?.asked === 'back' && (
        <ConfirmDialog
          title={t(tenant === undefined ? 'rule.backAll' : 'rule.back')}
          action={t(tenant === undefined ? 'rule.backAll' : 'rule.back')}
          danger
          onConfirm={() => save(null, t('rule.saved'))}
          onClose={close}
        >
          {t('rule.backText')}
        </ConfirmDialog>
      )}
    </>
  );
};
