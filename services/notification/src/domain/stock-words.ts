import type { FactsOf } from './facts.ts';
import { counted, type Words } from './phrases.ts';

export const lowStock = ({ sku, title, available, lowAt }: FactsOf<'stock-low'>): Words => ({
  title: `${sku} ${available === 0 ? 'is sold out' : `is running low: ${counted(available, 'unit')} left`}`,
  text: [
    `${title} (${sku}): ${counted(available, 'unit')} left for new orders at all enabled locations. It counts as low at ${lowAt} or fewer.`,
    'Order more, or lower the threshold. This settles itself when there are more again.',
  ],
});
