import { useTranslation } from 'react-i18next';
import type { OrderFacts } from '../facts.ts';

/** What a blocked order waits for. */
export const Missing = ({ facts: { order } }: { readonly facts: OrderFacts }) => {
  const { t } = useTranslation('actions');
  if (order.blockReasons.length === 0) return null;
  return (
    <div>
      <p>{t('missing.title')}</p>
      <ul>
        {order.blockReasons.map(({ sku, cause, wanted, available }) => (
          <li key={sku}>{t(`missing.${cause}`, { sku, wanted, available })}</li>
        ))}
      </ul>
    </div>
  );
};
