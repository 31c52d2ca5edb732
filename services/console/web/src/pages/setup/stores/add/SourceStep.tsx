import { Radio, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { own } from '../../../../api/services.ts';
import { useSession } from '../../../../api/session.ts';
import { Loaded } from '../../../../ui/Loaded.tsx';
import type { SandboxSeller } from '../answers.ts';
import { Choice } from '../settings/Choice.tsx';
import { idFor } from './new-store.ts';
import type { StepProps } from './step.ts';

/** The real Amazon, or the sandbox that plays it: an installation knows one of them, since invented and real orders never mix. */
export const SourceStep = ({ store, onChange, ...rest }: StepProps) => {
  const { t } = useTranslation('stores');
  const plays = useSession().sandboxUrl !== undefined;
  return (
    <Stack>
      <Choice
        isTitled
        label={t('add.source.title')}
        value={store.source}
        onChange={(source) => onChange({ source })}
        choices={[
          {
            value: 'sandbox',
            label: t('add.source.sandbox'),
            hint: t(plays ? 'add.source.sandboxText' : 'add.source.sandboxNot'),
            disabled: !plays,
          },
          {
            value: 'amazon',
            label: t('add.source.amazon'),
            hint: t(plays ? 'add.source.amazonNot' : 'add.source.amazonText'),
            disabled: plays,
          },
        ]}
      />
      {store.source === 'sandbox' && <SellerChoice store={store} onChange={onChange} {...rest} />}
    </Stack>
  );
};

/** Its sellers, each with all that it takes to connect a store: nothing has to be typed. */
const SellerChoice = ({ store, stores, isTried, onChange }: StepProps) => {
  const { t } = useTranslation(['stores', 'common']);
  const query = useQuery(own.read('/api/sandbox/sellers'));
  const take = (sellers: readonly SandboxSeller[], chosen: string): void => {
    const seller = sellers.find(({ sellerId }) => sellerId === chosen);
    if (seller === undefined) return;
    const { sellerId, name, region, marketplaceIds, clientId, clientSecret, refreshToken } = seller;
    const credentials = { clientId, clientSecret, refreshToken };
    onChange({ sellerId, name, region, marketplaces: marketplaceIds, credentials, id: idFor(name), hasOwnId: false, since: 'day7' });
  };
  return (
    <Loaded query={query} height={140}>
      {({ sellers }) => (
        <Radio.Group
          label={t('add.source.seller')}
          value={store.sellerId}
          onChange={(chosen) => take(sellers, chosen)}
          error={isTried && store.sellerId === '' ? t('common:required') : undefined}
        >
          <Stack gap="xs" mt="xs">
            {sellers.map(({ sellerId, name, region }) => {
              const connected = stores.find((one) => one.sellerId === sellerId)?.name;
              return (
                <Radio
                  key={sellerId}
                  value={sellerId}
                  label={name}
                  description={[
                    t(`region.${region}`),
                    ...(connected === undefined ? [] : [t('add.source.connected', { name: connected })]),
                  ].join(' · ')}
                />
              );
            })}
          </Stack>
        </Radio.Group>
      )}
    </Loaded>
  );
};
