import { useEffect, useState } from 'react';
import { done, order } from '../../../api/services.ts';
import type { Buyer } from '../facts.ts';

export const purposes = [
  'buyer-question',
  'address-correction',
  'shipping-label',
  'packing-slip',
  'invoice',
  'tax',
  'fraud-check',
] as const;
export type Purpose = (typeof purposes)[number];

const shownForMs = 60_000;

interface Revealed {
  readonly buyer: Buyer;
  readonly secondsLeft: number;
}

/**
 * The buyer in full, for a minute. He is never put where queries are kept: what is masked again is gone from the page.
 */
export const useRevealed = (orderId: string) => {
  const [shown, setShown] = useState<{ readonly buyer: Buyer; readonly until: number }>();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (shown === undefined) return;
    const timer = setInterval(() => {
      setNow(Date.now());
      if (Date.now() >= shown.until) setShown(undefined);
    }, 1_000);
    return () => clearInterval(timer);
  }, [shown]);
  const revealed: Revealed | undefined = shown && {
    buyer: shown.buyer,
    secondsLeft: Math.max(0, Math.ceil((shown.until - now) / 1_000)),
  };
  return {
    revealed,
    reveal: async (purpose: Purpose): Promise<void> => {
      const buyer = await done(order.GET('/orders/{orderId}/buyer', { params: { path: { orderId }, query: { purpose } } }));
      setNow(Date.now());
      setShown({ buyer, until: Date.now() + shownForMs });
    },
    mask: () => setShown(undefined),
  };
};
