import { Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../../ui/Facts.tsx';
import { Status } from '../../../ui/Status.tsx';
import { type ServiceName, serviceNames, verificationOf } from './entries.ts';

/** Computes the chains of all services anew, and says of each how it stands. */
export const VerifyDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const { t } = useTranslation(['audit', 'common']);
  return (
    <Modal opened onClose={onClose} title={t('verify.title')} size="lg" closeButtonProps={{ 'aria-label': t('common:do.close') }}>
      <Stack>
        <Text size="sm">{t('verify.text')}</Text>
        <div aria-live="polite">
          <Facts facts={serviceNames.map((name) => [t(`service.${name}`), <Verification key={name} service={name} />])} />
        </div>
      </Stack>
    </Modal>
  );
};

const Verification = ({ service }: { readonly service: ServiceName }) => {
  const { t } = useTranslation('audit');
  const { data, error } = useQuery(verificationOf(service));
  if (error) return <Status tone="attention">{t('verify.away')}</Status>;
  if (data === undefined) return <Status tone="waiting">{t('verify.running')}</Status>;
  const { broken, entries, unanswered } = data;
  return (
    <>
      {broken ? (
        <Status tone="stopped">{t('verify.broken', { seq: broken.seq, fault: t(`verify.fault.${broken.fault}`) })}</Status>
      ) : (
        <Status tone="ok">{entries === 0 ? t('verify.empty') : t('verify.whole', { count: entries })}</Status>
      )}
      {unanswered.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('verify.unanswered', { count: unanswered.length, entries: unanswered.slice(0, 10).join(', ') })}
        </Text>
      )}
    </>
  );
};
