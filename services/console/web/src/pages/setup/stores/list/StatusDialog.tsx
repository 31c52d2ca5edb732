import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../../api/services.ts';
import { useFocusGivenBack } from '../../../../ui/focus-given-back.ts';
import { ProblemNote } from '../../../../ui/ProblemNote.tsx';
import { sayDone } from '../../../../ui/said.tsx';
import type { OrderStatus } from '../answers.ts';

export interface StatusDialogProps {
  readonly state: OrderStatus['state'];
  /** The one that is changed. Absent: another one is added. */
  readonly status?: OrderStatus;
  readonly taken: readonly string[];
  readonly onClose: () => void;
}

const codePattern = /^[A-Za-z][A-Za-z0-9_]{0,31}$/;

/** "Waiting for Lisa" becomes `waiting_for_lisa`. */
const codeFor = (label: string): string =>
  label
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[^a-z]+|_+$/g, '')
    .slice(0, 32);

/** A status of a state: its name, and whether orders get it by themselves. */
export const StatusDialog = ({ state, status, taken, onClose }: StatusDialogProps) => {
  const { t } = useTranslation(['stores', 'common']);
  useFocusGivenBack();
  const queries = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [label, setLabel] = useState(status?.label ?? '');
  const [ownCode, setOwnCode] = useState<string>();
  const [isDefault, setDefault] = useState(status?.isDefault ?? false);
  const [tried, setTried] = useState(false);
  const code = status?.code ?? ownCode ?? codeFor(label);
  const name = label.trim();
  const save = useMutation({
    mutationFn: async () => {
      if (status) await done(order.PUT('/statuses/{code}', { params: { path: { code } }, body: { label: name, isDefault } }));
      else
        await done(
          order.POST('/statuses', { params: { header: { 'Idempotency-Key': key } }, body: { code, label: name, state, isDefault } }),
        );
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['order'] });
      sayDone(t(status ? 'statuses.changed' : 'statuses.added', { name }));
      onClose();
    },
  });
  const codeMistake = (): string | undefined => {
    if (taken.includes(code)) return t('statuses.taken');
    return codePattern.test(code) || name === '' ? undefined : t('statuses.codeWrong');
  };
  const title = status ? t('statuses.edit', { name: status.label }) : t('statuses.addTo', { state: t(`common:state.${state}`) });
  return (
    <Modal opened returnFocus={false} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('common:do.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name !== '' && codeMistake() === undefined && !save.isPending) save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t('statuses.label')}
            description={t('statuses.labelHint')}
            required
            maxLength={80}
            data-autofocus
            value={label}
            onChange={({ currentTarget: { value } }) => setLabel(value)}
            error={tried && name === '' ? t('common:required') : undefined}
          />
          {status === undefined && (
            <TextInput
              label={t('statuses.code')}
              description={t('statuses.codeHint')}
              required
              maxLength={32}
              autoComplete="off"
              value={code}
              onChange={({ currentTarget: { value } }) => setOwnCode(value)}
              error={codeMistake()}
            />
          )}
          <Checkbox
            label={t('statuses.makeUsual')}
            description={status?.isDefault ? t('statuses.isUsual') : undefined}
            checked={isDefault}
            disabled={status?.isDefault ?? false}
            onChange={({ currentTarget: { checked } }) => setDefault(checked)}
          />
          {save.error && <ProblemNote error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:do.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t('common:do.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
