import { managementOf, vhostOf } from './management.ts';
import type { ProvisionBrokerOptions } from './provision.ts';

/** What may be tuned of queues while they are there, as RabbitMQ's management takes it. */
export interface QueuePolicy {
  readonly name: string;
  readonly pattern: string;
  readonly 'apply-to': 'queues';
  readonly priority: number;
  readonly definition: Readonly<Record<string, string | number>>;
}

export interface PolicyOptions extends Pick<ProvisionBrokerOptions, 'adminUrl' | 'managementUrl'> {
  readonly policies: readonly QueuePolicy[];
}

/** Puts these policies into the virtual host of `adminUrl`. Others are left alone: one with a higher priority wins. */
export const applyPolicies = async ({ policies, ...server }: PolicyOptions): Promise<void> => {
  const manage = managementOf(server);
  for (const { name, ...policy } of policies) await manage('PUT', ['policies', vhostOf(server.adminUrl), name], policy);
};
