import { EntitySchema } from 'typeorm';
import type { Memory, NeedFacts } from '../domain/needs/need.ts';
import type { OrderFacts } from '../domain/order-facts.ts';
import type { TimelineEntry } from '../domain/timeline-entry.ts';

export const TimelineEntity = new EntitySchema<TimelineEntry>({
  name: 'TimelineEntry',
  tableName: 'timeline_entry',
  columns: {
    id: { type: 'uuid', primary: true },
    service: { type: 'text' },
    type: { type: 'text' },
    version: { type: 'int' },
    aggregateId: { name: 'aggregate_id', type: 'uuid' },
    aggregateVersion: { name: 'aggregate_version', type: 'int' },
    tenant: { type: 'text' },
    orderId: { name: 'order_id', type: 'uuid', nullable: true },
    occurredAt: { name: 'occurred_at', type: 'timestamptz' },
    recordedAt: { name: 'recorded_at', type: 'timestamptz' },
    correlationId: { name: 'correlation_id', type: 'text' },
    causationId: { name: 'causation_id', type: 'text', nullable: true },
    person: { type: 'text', nullable: true },
    data: { type: 'json' },
  },
});

export const OrderFactsEntity = new EntitySchema<OrderFacts>({
  name: 'OrderFacts',
  tableName: 'order_facts',
  columns: {
    orderId: { name: 'order_id', type: 'uuid', primary: true },
    tenant: { type: 'text' },
    amazonVersion: { name: 'amazon_version', type: 'int' },
    canceledAtAmazon: { name: 'canceled_at_amazon', type: 'boolean' },
    created: { type: 'boolean' },
    amazonOrderId: { name: 'amazon_order_id', type: 'text', nullable: true },
    marketplaceId: { name: 'marketplace_id', type: 'text', nullable: true },
    timeZone: { name: 'time_zone', type: 'text', nullable: true },
    purchasedAt: { name: 'purchased_at', type: 'timestamptz', nullable: true },
    number: { type: 'text', nullable: true },
    numberVersion: { name: 'number_version', type: 'int' },
    beneath: { type: 'text', nullable: true },
    beneathVersion: { name: 'beneath_version', type: 'int' },
    heldVersion: { name: 'held_version', type: 'int' },
    freeVersion: { name: 'free_version', type: 'int' },
    currency: { type: 'text', nullable: true },
    totalMinor: { name: 'total_minor', type: 'bigint', nullable: true },
    units: { type: 'int' },
    shipBy: { name: 'ship_by', type: 'timestamptz', nullable: true },
    contentVersion: { name: 'content_version', type: 'int' },
  },
});

/** `orderId` to `resolvedAt` follow from `memory`; without `since`, it was never opened. */
export interface NeedRow {
  readonly kind: string;
  readonly subject: string;
  readonly tenant: string;
  readonly memory: Memory;
  readonly orderId: string | null;
  readonly since: string | null;
  readonly facts: NeedFacts | null;
  readonly shownUntil: string | null;
  readonly resolvedAt: string | null;
}

export const NeedEntity = new EntitySchema<NeedRow>({
  name: 'Need',
  tableName: 'need',
  columns: {
    kind: { type: 'text', primary: true },
    subject: { type: 'text', primary: true },
    tenant: { type: 'text' },
    memory: { type: 'jsonb' },
    orderId: { name: 'order_id', type: 'uuid', nullable: true },
    since: { type: 'timestamptz', nullable: true },
    facts: { type: 'jsonb', nullable: true },
    shownUntil: { name: 'shown_until', type: 'timestamptz', nullable: true },
    resolvedAt: { name: 'resolved_at', type: 'timestamptz', nullable: true },
  },
});

export const entities = [TimelineEntity, OrderFactsEntity, NeedEntity] as never[];
