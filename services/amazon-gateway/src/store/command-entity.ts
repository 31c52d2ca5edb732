import { EntitySchema, type EntitySchemaColumnOptions } from 'typeorm';
import type { Command } from '../domain/command.ts';

export const CommandEntity = new EntitySchema<Command>({
  name: 'amazon_command',
  columns: {
    id: { type: 'uuid', primary: true },
    tenant: { type: 'text' },
    version: { type: 'int' },
    kind: { type: 'text' },
    naturalKey: { name: 'natural_key', type: 'text' },
    subject: { type: 'text' },
    turn: { type: 'int' },
    orderId: { name: 'order_id', type: 'uuid' },
    amazonOrderId: { name: 'amazon_order_id', type: 'text' },
    marketplaceId: { name: 'marketplace_id', type: 'text' },
    state: { type: 'text' },
    request: { type: 'jsonb' },
    obstacle: { type: 'jsonb', nullable: true },
    attempts: { type: 'int' },
    readBacks: { name: 'read_backs', type: 'int' },
    nextAttemptAt: { name: 'next_attempt_at', type: 'timestamptz', nullable: true },
    sendingSince: { name: 'sending_since', type: 'timestamptz', nullable: true },
    fence: { type: 'int' },
    leaseUntil: { name: 'lease_until', type: 'timestamptz', nullable: true },
    requestedAt: { name: 'requested_at', type: 'timestamptz' },
    deadline: { type: 'timestamptz' },
    uncertainAt: { name: 'uncertain_at', type: 'timestamptz', nullable: true },
    settledAt: { name: 'settled_at', type: 'timestamptz', nullable: true },
    answer: { type: 'jsonb', nullable: true },
    readBack: { name: 'read_back', type: 'jsonb', nullable: true },
    decision: { type: 'jsonb', nullable: true },
    submittedAt: { name: 'submitted_at', type: 'timestamptz', nullable: true },
    bookingLooks: { name: 'booking_looks', type: 'int' },
    bookingLookAt: { name: 'booking_look_at', type: 'timestamptz', nullable: true },
    booking: { type: 'jsonb', nullable: true },
    feedId: { name: 'feed_id', type: 'uuid', nullable: true },
    messageId: { name: 'message_id', type: 'int', nullable: true },
    cause: { type: 'jsonb' },
  },
});

/** All columns of `amazon_command as c`, for queries of whole commands. */
export const commandColumns = Object.entries(CommandEntity.options.columns as Record<string, EntitySchemaColumnOptions>)
  .map(([property, column]) => `c.${column.name ?? property} as "${property}"`)
  .join(', ');
