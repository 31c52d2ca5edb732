import { type AmazonOrder, AmazonOrderImported, AmazonOrderUpdated, type Event } from '@orderbus/contracts';
import { on, type Subscription, type Target } from '@orderbus/outbox';
import { vaultIdOf } from '../store/buyer-vault.ts';
import type { VaultCommand } from '../vault/commands.ts';
import { retentionFactsOf } from '../vault/retention.ts';

/** The buyer in a snapshot is for the vault alone; so are the dates that say when he has to be forgotten. */
const keepBuyer = {
  key: ({ data }: Event<AmazonOrder>) => vaultIdOf(data.orderId),
  command: ({ data, aggregateVersion }: Event<AmazonOrder>): VaultCommand => ({
    type: 'keep',
    orderId: data.orderId,
    sealed: data.sealedBuyer,
    facts: retentionFactsOf(data),
    version: aggregateVersion,
  }),
};

export const buyerSubscriptions = (vault: Target<VaultCommand>): readonly Subscription[] => [
  on(AmazonOrderImported, 'order.keep-buyer', vault, keepBuyer),
  on(AmazonOrderUpdated, 'order.keep-buyer', vault, keepBuyer),
];
