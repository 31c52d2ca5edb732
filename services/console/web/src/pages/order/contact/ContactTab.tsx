import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Action } from '../../../ui/Action.tsx';
import { Card } from '../../../ui/Card.tsx';
import { moment } from '../../../ui/format.ts';
import { Loaded } from '../../../ui/Loaded.tsx';
import { lazily } from '../../../ui/lazily.tsx';
import { sayingOf } from '../../../ui/told.ts';
import type { Contacts } from '../facts.ts';
import type { OrderTabProps } from '../tab-props.ts';
import classes from './Contact.module.css';
import { type Contact, contactsQuery, useContactNews } from './contacts.ts';
import { SaidCard } from './SaidCard.tsx';

const ContactDialog = lazily(async () => ({ default: (await import('./ContactDialog.tsx')).ContactDialog }));

/** What Amazon lets a seller say to this buyer now, and what was said. */
const ContactTab = ({ facts }: OrderTabProps) => {
  const { t } = useTranslation('order');
  const [chosen, choose] = useState<Contact>();
  const contacts = useQuery(contactsQuery(facts.order.id));
  useContactNews(facts.order.id);
  return (
    <Loaded query={contacts} height={480}>
      {(data) => (
        <div className={classes.stack}>
          <Card title={t('contact.title')}>
            <Text c="dimmed" mb="sm">
              {t('contact.rule', { language: languageName(data) })}
            </Text>
            <ul className={classes.list}>
              {data.contacts
                .toSorted((one, other) => Number(other.permitted) - Number(one.permitted))
                .map((contact) => (
                  <ContactItem key={contact.contact} contact={contact} onChoose={() => choose(contact)} />
                ))}
            </ul>
          </Card>
          <SaidCard said={data.said} facts={facts} />
          {chosen && <ContactDialog contact={chosen} language={data.language} facts={facts} onClose={() => choose(undefined)} />}
        </div>
      )}
    </Loaded>
  );
};

const ContactItem = ({ contact, onChoose }: { readonly contact: Contact; readonly onChoose: () => void }) => {
  const { t } = useTranslation('order');
  const { opensAt, closesAt, because } = contact;
  const whyNot: Readonly<Record<string, string>> = t('contact.whyNot', { returnObjects: true });
  const reason = because && (whyNot[because.code] ?? sayingOf(because));
  return (
    <li className={classes.item}>
      <div className={classes.words}>
        <strong>{t(`contact.kind.${contact.contact}`)}</strong>
        <div className={classes.soft}>{t(`contact.about.${contact.contact}`)}</div>
        {reason && <div>{reason}</div>}
        <div className={classes.soft}>
          {!contact.permitted && opensAt && t('contact.opens', { at: moment(opensAt) })}
          {contact.permitted && closesAt && t('contact.closes', { at: moment(closesAt) })}
        </div>
      </div>
      <Action needs="operate" impossible={contact.permitted ? undefined : reason} size="xs" variant="default" onClick={onChoose}>
        {t(contact.contact === 'request-review' ? 'contact.ask' : 'contact.write')}
      </Action>
    </li>
  );
};

const languageName = ({ language }: Contacts): string =>
  new Intl.DisplayNames(document.documentElement.lang, { type: 'language' }).of(language) ?? language;

export default ContactTab;
