import { Alert } from '@mantine/core';
import { CloudOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { listed } from '../../ui/format.ts';

/** Who did not answer, and what is therefore not shown. */
export const AwayNote = ({ services }: { readonly services: readonly string[] }) => {
  const { t } = useTranslation('order');
  if (services.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" icon={<CloudOff aria-hidden="true" />} role="status">
      {t('away', { services: listed(services.map((service) => serviceName(service, t))), count: services.length })}
    </Alert>
  );
};

const known = ['amazon-gateway', 'order', 'fulfillment', 'billing', 'notification', 'access'] as const;

/** A service by what it does for people. */
export const serviceName = (service: string, t: ReturnType<typeof useTranslation<'order'>>['t']): string => {
  const found = known.find((one) => one === service);
  return found === undefined ? service : t(`service.${found}`);
};
