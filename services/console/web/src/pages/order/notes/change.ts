import { useMutation, useQueryClient } from '@tanstack/react-query';
import { order as orders } from '../../../api/services.ts';
import { sayDone, sayFailed } from '../../../ui/said.tsx';

/** Changes something about the order that can be changed back, and says so with a way back. */
export const useChange = <Value>(change: (value: Value) => Promise<unknown>, said: string) => {
  const queries = useQueryClient();
  const look = (): void => void queries.invalidateQueries({ queryKey: [orders.name] });
  return useMutation({
    mutationFn: ({ to }: { readonly to: Value; readonly from: Value }) => change(to),
    onSuccess: (_, { from }) => {
      sayDone(said, () => change(from).then(look, sayFailed));
      look();
    },
    onError: sayFailed,
  });
};
