import { Button, Checkbox, FileInput, Group, Modal, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../../../ui/ProblemNote.tsx';
import { sayDone } from '../../../ui/said.tsx';
import type { OrderFacts } from '../facts.ts';
import { type Contact, contactsQuery } from './contacts.ts';
import { faultOf, hasLink, type Letter } from './fault.ts';
import { fileTypes, send } from './letter.ts';

export interface ContactDialogProps {
  readonly contact: Contact;
  /** That the buyer reads. */
  readonly language: string;
  readonly facts: OrderFacts;
  readonly onClose: () => void;
}

/** One message to the buyer, by Amazon: within its limits, and once. */
export const ContactDialog = ({ contact, language, facts, onClose }: ContactDialogProps) => {
  const { t } = useTranslation(['order', 'common']);
  const queries = useQueryClient();
  const [key] = useState(() => crypto.randomUUID());
  const [letter, setLetter] = useState<Letter>(() => ({
    ...{ text: contact.text?.template ?? '', files: [], from: '', until: '', linksAreOnTopic: false },
    documentId: facts.invoices.find(({ status }) => status === 'issued')?.invoiceId,
  }));
  const change = (part: Partial<Letter>): void => setLetter((known) => ({ ...known, ...part }));
  const fault = faultOf(contact, letter);
  const say = useMutation({
    mutationFn: () => send(facts.order.id, contact, letter, language, key),
    onSuccess: () => {
      sayDone(t('order:contact.sent'));
      void queries.invalidateQueries(contactsQuery(facts.order.id));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t(`order:contact.kind.${contact.contact}`)}
      closeButtonProps={{ 'aria-label': t('common:do.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (fault === undefined && !say.isPending) say.mutate();
        }}
      >
        <Stack>
          <Text size="sm">{t(contact.text ? 'order:contact.ownWords' : 'order:contact.fixedWords')}</Text>
          <LetterFields contact={contact} letter={letter} facts={facts} onChange={change} />
          {say.error && <ProblemNote error={say.error} />}
          <Group justify="flex-end">
            <Text size="sm" c="dimmed" role="status">
              {fault && t(`order:contact.fault.${fault}`)}
            </Text>
            <Button variant="default" onClick={onClose}>
              {t('common:do.cancel')}
            </Button>
            <Button type="submit" disabled={fault !== undefined} loading={say.isPending}>
              {t('order:contact.send')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

interface LetterFieldsProps {
  readonly contact: Contact;
  readonly letter: Letter;
  readonly facts: OrderFacts;
  readonly onChange: (part: Partial<Letter>) => void;
}

const LetterFields = ({ contact, letter, facts, onChange }: LetterFieldsProps) => {
  const { t } = useTranslation('order');
  return (
    <>
      {contact.text && (
        <Textarea
          label={t('contact.text')}
          description={t('contact.limits', { longest: contact.text.longest, number: contact.text.mustContain })}
          value={letter.text}
          onChange={({ currentTarget }) => onChange({ text: currentTarget.value })}
          autosize
          minRows={6}
          data-autofocus
        />
      )}
      {contact.text && hasLink(letter.text) && (
        <Checkbox
          label={t('contact.linksAreOnTopic')}
          checked={letter.linksAreOnTopic}
          onChange={({ currentTarget }) => onChange({ linksAreOnTopic: currentTarget.checked })}
        />
      )}
      {contact.attachments && (
        <FileInput
          label={t('contact.attach')}
          description={t('contact.attachLimits', { count: contact.attachments.most })}
          accept={fileTypes.join(',')}
          multiple
          clearable
          value={[...letter.files]}
          onChange={(files) => onChange({ files })}
        />
      )}
      {contact.contact === 'warranty' && (
        <Group grow>
          <TextInput
            type="date"
            label={t('contact.coveredFrom')}
            value={letter.from}
            onChange={(event) => onChange({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('contact.coveredUntil')}
            value={letter.until}
            onChange={(event) => onChange({ until: event.currentTarget.value })}
          />
        </Group>
      )}
      {contact.contact === 'invoice' && (
        <NativeSelect
          label={t('contact.document')}
          value={letter.documentId}
          onChange={({ currentTarget }) => onChange({ documentId: currentTarget.value })}
          data={facts.invoices
            .filter(({ status }) => status === 'issued')
            .map(({ invoiceId, number }) => ({ value: invoiceId, label: number }))}
        />
      )}
    </>
  );
};
