import { useStores } from '../api/stores.ts';

/** What people call a store, and its id until that is known. */
export const StoreName = ({ id }: { readonly id: string }) => useStores().find((store) => store.id === id)?.name ?? id;
