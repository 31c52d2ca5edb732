import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { done, order } from '../../api/services.ts';
import { useScope } from '../../api/stores.ts';
import { ProblemNote } from '../../ui/ProblemNote.tsx';

/** Of which order: scanned from the slip or typed. What came back of it is filled in on its page. */
export const RecordReturn = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation(['stock', 'common']);
  const navigate = useNavigate();
  const tenant = useScope();
  const [number, setNumber] = useState('');
  const goTo = (orderId: string): void =>
    void navigate({
      to: '/orders/$orderId',
      params: { orderId },
      search: ((kept: object) => ({ ...kept, tab: 'shipments', do: 'return' })) as never,
    });
  const find = useMutation({
    mutationFn: (reference: string) =>
      done(order.GET('/orders/{orderId}', { params: { path: { orderId: reference }, query: { tenant } } })),
    onSuccess: ({ id }) => goTo(id),
    // Several stores have it: its page asks which one is meant.
    onError: (error, reference) => problemOf(error).code === 'order.ambiguous' && goTo(reference),
  });
  const unknown = find.error !== null && problemOf(find.error).status === 404;
  return (
    <Modal opened onClose={onClose} title={t('returns.record')} closeButtonProps={{ 'aria-label': t('common:do.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim() !== '' && !find.isPending) find.mutate(number.trim().replace(/^#/, ''));
        }}
      >
        <Stack>
          <Text size="sm">{t('returns.recordText')}</Text>
          <TextInput
            label={t('returns.number')}
            description={t('returns.numberHint')}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            maxLength={64}
            value={number}
            error={unknown ? t('returns.unknown') : undefined}
            onChange={({ currentTarget: { value } }) => setNumber(value)}
          />
          {find.error && !unknown && <ProblemNote error={find.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common:do.cancel')}
            </Button>
            <Button type="submit" disabled={number.trim() === ''} loading={find.isPending}>
              {t('returns.find')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
