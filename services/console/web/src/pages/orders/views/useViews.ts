import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { done, order } from '../../../api/services.ts';
import type { NewView } from './definition.ts';

/** The views of whoever sits here, and what can be done to them. */
export const useViews = () => {
  const queries = useQueryClient();
  const { data } = useQuery({ ...order.read('/views'), meta: { live: false } });
  const onSuccess = () => queries.invalidateQueries({ queryKey: [order.name, '/views'] });
  const add = useMutation({ mutationFn: (body: NewView) => done(order.POST('/views', { body })), onSuccess });
  const replace = useMutation({
    mutationFn: ({ id, ...body }: NewView & { readonly id: string }) =>
      done(order.PUT('/views/{viewId}', { params: { path: { viewId: id } }, body })),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => done(order.DELETE('/views/{viewId}', { params: { path: { viewId: id } } })),
    onSuccess,
  });
  return { views: data?.items ?? [], add: add.mutateAsync, replace: replace.mutateAsync, remove: remove.mutateAsync };
};
