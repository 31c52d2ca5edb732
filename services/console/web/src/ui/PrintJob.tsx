import { Alert, Button, Stack } from '@mantine/core';
import { Printer } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { done, fulfillment } from '../api/services.ts';
import { Action } from './Action.tsx';
import { sayFailed } from './said.tsx';
import { sayingOf } from './told.ts';

export interface PrintJobProps {
  readonly orderIds: readonly string[];
  readonly document: 'pick-list' | 'packing-slips';
  readonly label: string;
}

interface Printed {
  readonly href: string;
  readonly without: readonly string[];
}

/** One PDF of many orders. Slips show where a parcel goes, so they need the permission to see buyers. */
export const PrintJob = ({ orderIds, document, label }: PrintJobProps) => {
  const { t } = useTranslation();
  const [printed, setPrinted] = useState<Printed>();
  const print = async (): Promise<void> => {
    const { id, results } = await done(fulfillment.POST('/print-jobs', { body: { orderIds: [...orderIds], documents: [document] } }));
    const href = `${fulfillment.baseUrl}/print-jobs/${id}/pdf`;
    setPrinted({
      href,
      without: results.filter(({ printable }) => !printable).map(({ code, why: words = '' }) => sayingOf({ code, words })),
    });
    window.open(href, '_blank', 'noopener');
  };
  return (
    <Stack gap="xs">
      <Action
        needs={document === 'packing-slips' ? 'see-buyer-data' : 'operate'}
        variant="default"
        leftSection={<Printer size={16} aria-hidden="true" />}
        impossible={orderIds.length === 0 ? t('print.nothing') : undefined}
        onClick={() => void print().catch(sayFailed)}
      >
        {label}
      </Action>
      {printed && (
        <Alert variant="light" withCloseButton closeButtonLabel={t('do.close')} onClose={() => setPrinted(undefined)}>
          <Button component="a" href={printed.href} target="_blank" rel="noopener" size="compact-sm" variant="subtle">
            {t('print.open')}
          </Button>
          {printed.without.length > 0 && (
            <p>{t('print.without', { count: printed.without.length, why: [...new Set(printed.without)].join(' ') })}</p>
          )}
        </Alert>
      )}
    </Stack>
  );
};
