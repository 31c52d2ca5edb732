import { Button, Group, NativeSelect, Radio, Stack, TagsInput, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatuses } from '../../../api/statuses.ts';
import type { ListedOrder } from '../orders.ts';
import { cancelReasons, type Wish } from './run.ts';
import type { AskedKind } from './useMass.ts';

export interface WishFormProps {
  readonly kind: AskedKind;
  readonly orders: readonly ListedOrder[];
  readonly start: (wish: Wish) => void;
  readonly close: () => void;
}

/** What has to be known before it is done; what Amazon will be told, where it is. */
export const WishForm = ({ kind, ...rest }: WishFormProps) => {
  const Form = forms[kind];
  return <Form {...rest} />;
};

type FormProps = Omit<WishFormProps, 'kind'>;

interface FrameProps extends Pick<FormProps, 'close'> {
  readonly action: string;
  readonly danger?: boolean;
  readonly ready?: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

const Frame = ({ action, danger = false, ready = true, onSubmit, close, children }: FrameProps) => {
  const { t } = useTranslation();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSubmit();
      }}
    >
      <Stack>
        {children}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            {t('do.cancel')}
          </Button>
          <Button type="submit" color={danger ? 'red' : undefined} disabled={!ready}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};

const HoldForm = ({ orders: { length: count }, start, close }: FormProps) => {
  const { t } = useTranslation('orders');
  const [reason, setReason] = useState('');
  return (
    <Frame action={t('mass.action.hold', { count })} close={close} onSubmit={() => start({ kind: 'hold', reason: reason.trim() })}>
      <p>{t('mass.about.hold')}</p>
      <Textarea
        label={t('mass.reason')}
        maxLength={500}
        data-autofocus
        value={reason}
        onChange={({ currentTarget: { value } }) => setReason(value)}
      />
    </Frame>
  );
};

const CancelForm = ({ orders: { length: count }, start, close }: FormProps) => {
  const { t } = useTranslation('orders');
  const [reason, setReason] = useState<string | null>(null);
  const chosen = cancelReasons.find((one) => one === reason);
  return (
    <Frame
      danger
      action={t('mass.action.cancel', { count })}
      ready={chosen !== undefined}
      close={close}
      onSubmit={() => chosen && start({ kind: 'cancel', reason: chosen })}
    >
      <p>{t('mass.about.cancel')}</p>
      <Radio.Group label={t('mass.cancelReason')} value={reason} onChange={setReason} required>
        <Stack gap="xs" mt="xs">
          {cancelReasons.map((one, n) => (
            <Radio key={one} value={one} label={t(`mass.cancelReasons.${one}`)} data-autofocus={n === 0 || undefined} />
          ))}
        </Stack>
      </Radio.Group>
    </Frame>
  );
};

const TagForm = ({ orders, start, close }: FormProps) => {
  const { t } = useTranslation('orders');
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const known = [...new Set(orders.flatMap(({ tags }) => tags))].sort();
  return (
    <Frame
      action={t('mass.action.tag', { count: orders.length })}
      ready={add.length + remove.length > 0}
      close={close}
      onSubmit={() => start({ kind: 'tag', add, remove })}
    >
      <TagsInput label={t('mass.tagAdd')} description={t('filter.tagHint')} value={add} onChange={setAdd} data-autofocus />
      {known.length > 0 && <TagsInput label={t('mass.tagRemove')} data={known} value={remove} onChange={setRemove} />}
    </Frame>
  );
};

const StatusForm = ({ orders, start, close }: FormProps) => {
  const { t } = useTranslation(['orders', 'common']);
  const { all } = useStatuses();
  const present = new Set(orders.map(({ state }) => state));
  const choices = all.filter(({ state }) => present.has(state));
  const [status, setStatus] = useState(choices[0]?.code ?? '');
  return (
    <Frame action={t('mass.action.status', { count: orders.length })} close={close} onSubmit={() => start({ kind: 'status', status })}>
      <p>{t('mass.about.status')}</p>
      <NativeSelect
        label={t('column.status')}
        data-autofocus
        value={status}
        onChange={({ currentTarget: { value } }) => setStatus(value)}
        data={[...present].map((state) => ({
          group: t(`common:state.${state}`),
          items: choices.filter((one) => one.state === state).map(({ code, name }) => ({ value: code, label: name })),
        }))}
      />
    </Frame>
  );
};

const NoteForm = ({ orders: { length: count }, start, close }: FormProps) => {
  const { t } = useTranslation('orders');
  const [note, setNote] = useState('');
  return (
    <Frame action={t('mass.action.note', { count })} close={close} onSubmit={() => start({ kind: 'note', note: note.trim() || null })}>
      <Textarea
        label={t('column.note')}
        description={t('mass.about.note')}
        maxLength={2_000}
        autosize
        minRows={3}
        data-autofocus
        value={note}
        onChange={({ currentTarget: { value } }) => setNote(value)}
      />
    </Frame>
  );
};

const CommentForm = ({ orders: { length: count }, start, close }: FormProps) => {
  const { t } = useTranslation('orders');
  const [text, setText] = useState('');
  const ready = text.trim() !== '';
  return (
    <Frame action={t('mass.action.comment', { count })} ready={ready} close={close} onSubmit={() => start({ kind: 'comment', text })}>
      <Textarea
        label={t('mass.comment')}
        description={t('mass.about.comment')}
        maxLength={4_000}
        autosize
        minRows={3}
        required
        data-autofocus
        value={text}
        onChange={({ currentTarget: { value } }) => setText(value)}
      />
    </Frame>
  );
};

const InvoiceForm = ({ orders: { length: count }, start, close }: FormProps) => {
  const { t } = useTranslation('orders');
  return (
    <Frame action={t('mass.action.invoice', { count })} close={close} onSubmit={() => start({ kind: 'invoice' })}>
      <p>{t('mass.about.invoice')}</p>
    </Frame>
  );
};

const forms: Readonly<Record<AskedKind, (props: FormProps) => ReactNode>> = {
  hold: HoldForm,
  cancel: CancelForm,
  tag: TagForm,
  status: StatusForm,
  note: NoteForm,
  comment: CommentForm,
  invoice: InvoiceForm,
};
