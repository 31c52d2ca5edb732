import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { done, order } from '../../../../api/services.ts';
import { sayDone, sayFailed } from '../../../../ui/said.tsx';

export interface Mapping {
  readonly sellerSku: string;
  readonly sku: string;
}

export interface MappingTarget {
  readonly tenant: string;
}

/** Changes of a store's mapping, each of which can be taken back. */
export const useMappings = (tenant: string) => {
  const { t } = useTranslation('stores');
  const queries = useQueryClient();
  const put = (mapping: Mapping) =>
    done(order.PUT('/sku-map/{tenant}', { params: { path: { tenant } }, body: { items: [{ ...mapping }] } }));
  const drop = (sellerSku: string) => done(order.DELETE('/sku-map/{tenant}/{sellerSku}', { params: { path: { tenant, sellerSku } } }));
  const refresh = () => queries.invalidateQueries({ queryKey: ['order'] });
  const takenBack = (act: () => Promise<unknown>) => () => act().then(refresh).catch(sayFailed);

  return {
    /** Says that the store's SKU is this product; `before` is what it was until now. */
    add: async (mapping: Mapping, before?: Mapping): Promise<void> => {
      await put(mapping);
      await refresh();
      sayDone(
        t('skus.added', { theirs: mapping.sellerSku, ours: mapping.sku }),
        takenBack(() => (before === undefined ? drop(mapping.sellerSku) : put(before))),
      );
    },
    remove: async (mapping: Mapping): Promise<void> => {
      await drop(mapping.sellerSku);
      await refresh();
      sayDone(
        t('skus.removed', { theirs: mapping.sellerSku }),
        takenBack(() => put(mapping)),
      );
    },
  };
};
