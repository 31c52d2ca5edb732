import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { billing, done, fulfillment } from '../../../../api/services.ts';
import { Card } from '../../../../ui/Card.tsx';
import { Loaded } from '../../../../ui/Loaded.tsx';
import { sayDone } from '../../../../ui/said.tsx';
import type { DocumentSettings } from '../answers.ts';
import { AddressField, areTooMany, linesOf } from '../settings/AddressField.tsx';
import { LanguageField } from '../settings/LanguageField.tsx';
import { SettingsForm } from '../settings/SettingsForm.tsx';
import classes from '../settings/settings.module.css';
import { type SettingsSource, useSettings } from '../settings/useSettings.ts';
import type { StoreTabProps } from './tabs.ts';

const mostLines = 6;
const longestFooter = 300;

/** How a store names itself on its packing slips. */
const DocumentsTab = ({ store }: StoreTabProps) => {
  const path = { tenant: store.id };
  const query = useQuery(fulfillment.read('/document-settings/{tenant}', { params: { path } }));
  const settle = (value: DocumentSettings) =>
    done(
      fulfillment.PUT('/document-settings/{tenant}', { params: { path }, body: { ...value, sellerAddress: linesOf(value.sellerAddress) } }),
    );
  return (
    <Loaded query={query} height={420}>
      {(loaded) => <DocumentsForm tenant={store.id} loaded={loaded} query={query} save={settle} />}
    </Loaded>
  );
};

type DocumentsFormProps = Omit<SettingsSource<DocumentSettings>, 'place'> & { readonly tenant: string; readonly loaded: DocumentSettings };

const DocumentsForm = ({ tenant, loaded, query, save }: DocumentsFormProps) => {
  const { t } = useTranslation('stores');
  const settings = useSettings<DocumentSettings>({ place: 'documents', query, save }, loaded);
  const { value, change, mistake } = settings;
  const { data: invoices } = useQuery(billing.read('/billing-settings/{tenant}', { params: { path: { tenant } } }));
  const takeOver = (): void => {
    if (invoices === undefined) return;
    const { sellerName, sellerAddress, locale } = invoices;
    change({ sellerName, sellerAddress: sellerAddress.slice(0, mostLines), locale });
    sayDone(t('documents.takenOver'));
  };
  return (
    <SettingsForm settings={settings} isWrong={areTooMany(value.sellerAddress, mostLines)}>
      <Card
        title={t('documents.slip')}
        actions={
          invoices !== undefined &&
          invoices.sellerName !== '' && (
            <Button size="compact-sm" variant="default" onClick={takeOver}>
              {t('documents.takeOver')}
            </Button>
          )
        }
      >
        <div className={classes.narrow}>
          <TextInput
            label={t('billing.sellerName')}
            value={value.sellerName}
            maxLength={120}
            onChange={({ currentTarget: { value: sellerName } }) => change({ sellerName })}
            error={mistake('sellerName')}
          />
          <AddressField
            lines={value.sellerAddress}
            most={mostLines}
            onChange={(sellerAddress) => change({ sellerAddress })}
            error={mistake('sellerAddress')}
          />
          <LanguageField value={value.locale} usual={t('documents.localeAuto')} onChange={(locale) => change({ locale })} />
          <Textarea
            label={t('billing.footer')}
            description={t('billing.tooLong', { count: longestFooter })}
            value={value.footer}
            maxLength={longestFooter}
            autosize
            minRows={2}
            onChange={({ currentTarget: { value: footer } }) => change({ footer })}
            error={mistake('footer')}
          />
        </div>
      </Card>
    </SettingsForm>
  );
};

export default DocumentsTab;
