import { Stack } from '@mantine/core';
import { SkuImport } from './SkuImport.tsx';
import { SkuList } from './SkuList.tsx';
import { SkuSuggestions } from './SkuSuggestions.tsx';
import type { StoreTabProps } from './tabs.ts';

/** What the store calls our products. */
const SkuTab = ({ store: { id } }: StoreTabProps) => (
  <Stack>
    <SkuSuggestions tenant={id} />
    <SkuList tenant={id} />
    <SkuImport tenant={id} />
  </Stack>
);

export default SkuTab;
