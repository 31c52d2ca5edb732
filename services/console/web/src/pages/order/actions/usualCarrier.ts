import { useQuery } from '@tanstack/react-query';
import { fulfillment } from '../../../api/services.ts';
import type { OrderFacts } from '../facts.ts';

const remembered = 'orderbus.carrier';

/** Who took the last parcel of this order, else the last one of this person. */
export const usualCarrier = ({ shipping }: OrderFacts): string =>
  shipping?.shipments.findLast(({ carrier, state }) => carrier !== undefined && state !== 'voided')?.carrier ??
  localStorage.getItem(remembered) ??
  '';

export const rememberCarrier = (carrier: string): void => {
  if (carrier.trim() !== '') localStorage.setItem(remembered, carrier.trim());
};

/** Names to choose from; any other may be written. */
export const useCarriers = (): readonly string[] => {
  const { data } = useQuery({ ...fulfillment.read('/carriers'), staleTime: Number.POSITIVE_INFINITY, meta: { live: false } });
  return data?.items.map(({ name }) => name) ?? [];
};
