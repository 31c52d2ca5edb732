import { actorOf, type Route, route } from '@orderbus/service-kit';
import { z } from 'zod';
import type { InstallationGuard, InstallationState } from '../installation.ts';

const time = z.iso.datetime();

const InstallationView = z.object({
  id: z.uuid(),
  url: z.string().optional(),
  confirmedAt: time,
  confirmedBy: z.string().optional().describe('Absent: by its first start'),
  needsConfirmation: z.boolean().describe('It looks like a copy of what was confirmed: nothing is sent until a person confirms it'),
  difference: z.string().optional(),
  readOnly: z.boolean().describe('Nothing is sent to Amazon, for any store; commands wait'),
  reason: z.enum(['person', 'copied-database']).optional(),
  since: time.optional(),
  by: z.string().optional(),
  note: z.string().optional(),
});

export const installationRoutes = (guard: InstallationGuard): readonly Route[] => [
  route({
    method: 'get',
    path: '/installation',
    access: { needs: 'read', store: 'shared' },
    summary: 'Whether this installation may write to Amazon, and why not',
    tags: ['installation'],
    responses: { 200: InstallationView },
    handle: async () => viewOf(await guard.state()),
  }),
  route({
    method: 'post',
    path: '/installation/confirm',
    access: { needs: 'administer', store: 'all' },
    summary: 'Says that this database is the installation, and that its original no longer runs',
    description: 'Ends the read-only mode that a copied database has switched on. Asking again changes nothing.',
    tags: ['installation'],
    responses: { 200: InstallationView },
    handle: async (input) => viewOf(await guard.confirm(actorOf(input).name)),
  }),
  route({
    method: 'put',
    path: '/installation/read-only',
    access: { needs: 'administer', store: 'all' },
    summary: 'Stops everything that would be sent to Amazon, or lets it go on',
    description: 'Orders are still read, commands are taken and wait. Off is refused while a copied database waits to be confirmed.',
    tags: ['installation'],
    body: z.strictObject({ readOnly: z.boolean(), note: z.string().max(500).optional() }),
    responses: { 200: InstallationView },
    handle: async (input) => viewOf(await guard.switchReadOnly(input.body.readOnly, actorOf(input).name, input.body.note)),
  }),
];

const viewOf = ({ installation, difference, readOnly }: InstallationState): z.output<typeof InstallationView> => ({
  id: installation.id,
  ...(installation.url !== null && { url: installation.url }),
  confirmedAt: installation.confirmedAt,
  ...(installation.confirmedBy !== null && { confirmedBy: installation.confirmedBy }),
  needsConfirmation: difference !== undefined,
  ...(difference !== undefined && { difference }),
  readOnly: readOnly?.readOnly ?? false,
  ...(readOnly?.readOnly && {
    reason: readOnly.reason,
    since: readOnly.since,
    ...(readOnly.switchedBy !== null && { by: readOnly.switchedBy }),
    ...(readOnly.note !== null && { note: readOnly.note }),
  }),
});
