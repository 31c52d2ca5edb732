import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { done, gateway } from '../../../api/services.ts';
import { useMay } from '../../../api/session.ts';
import { Action } from '../../../ui/Action.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Status, type Tone } from '../../../ui/Status.tsx';
import { sayFailed } from '../../../ui/said.tsx';
import { When } from '../../../ui/When.tsx';
import { waitsOf } from '../../operations/commands.ts';
import type { OrderFacts } from '../facts.ts';
import classes from './Contact.module.css';
import type { Said } from './contacts.ts';

export interface SaidCardProps {
  readonly said: readonly Said[];
  readonly facts: OrderFacts;
}

/** What was said to the buyer until now, last first. */
export const SaidCard = ({ said, facts }: SaidCardProps) => {
  const { t } = useTranslation('order');
  return (
    <Card title={t('contact.said')}>
      {said.length === 0 ? (
        <Text c="dimmed">{t('contact.nothingSaid')}</Text>
      ) : (
        <ul className={classes.list}>
          {said.map((one) => (
            <SaidItem key={one.id} said={one} facts={facts} />
          ))}
        </ul>
      )}
    </Card>
  );
};

const tones: Readonly<Record<Said['state'], Tone>> = {
  pending: 'waiting',
  sending: 'waiting',
  unknown: 'attention',
  done: 'ok',
  failed: 'stopped',
};

const SaidItem = ({ said, facts: { order, marketplace } }: { readonly said: Said; readonly facts: OrderFacts }) => {
  const { t } = useTranslation('order');
  const mayOperate = useMay('operate');
  // Never kept: what a buyer was written is shown for as long as somebody looks at it.
  const words = useMutation({
    mutationFn: () => done(gateway.GET('/orders/{orderId}/contacts/{id}/words', { params: { path: { orderId: order.id, id: said.id } } })),
    onError: sayFailed,
    gcTime: 0,
  });
  return (
    <li className={classes.item}>
      <div className={classes.words}>
        <strong>{t(`contact.kind.${said.contact}`)}</strong> · <When at={said.requestedAt} zone={marketplace?.timeZone} />
        <div>
          <Status tone={tones[said.state]}>{t(`contact.state.${said.state}`)}</Status>
          {said.waits && ` · ${waitsOf(said)}`}
        </div>
        {words.data && (
          <p className={classes.letter}>
            {words.data.text ?? t('contact.amazonsWords')}
            {words.data.files.length > 0 && `\n${t('contact.files', { files: words.data.files.join(', ') })}`}
          </p>
        )}
      </div>
      {mayOperate && said.contact !== 'request-review' && !words.data && (
        <Action needs="see-buyer-data" size="xs" variant="default" loading={words.isPending} onClick={() => words.mutate()}>
          {t('contact.read')}
        </Action>
      )}
    </li>
  );
};
