import { type Route, route } from '@orderbus/service-kit';
import { z } from 'zod';
import type { InstallationGuard, InstallationState } from '../installation.ts';

const time = z.iso.datetime();
const Person = z.string().trim().min(1).max(100).describe('Who says so');

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
    summary: 'Whether this installation may write to Amazon, and why not',
    tags: ['installation'],
    responses: { 200: InstallationView },
    handle: async () => viewOf(await guard.state()),
  }),
  route({
    method: 'post',
    path: '/installation/confirm',
    summary: 'Says that this database is the installation, and that its original no longer runs',
    description: 'Ends the read-only mode that a copied database has switched on. Asking again changes nothing.',
    tags: ['installation'],
    body: z.strictObject({ by: Person }),
    responses: { 200: InstallationView },
    handle: async ({ body }) => viewOf(await guard.confirm(body.by)),
  }),
  route({
    method: 'put',
    path: '/installation/read-only',
    summary: 'Stops everything that would be sent to Amazon, or lets it go on',
    description: 'Orders are still read, commands are taken and wait. Off is refused while a copied database waits to be confirmed.',
    tags: ['installation'],
    body: z.strictObject({ readOnly: z.boolean(), by: Person, note: z.string().max(500).optional() }),
    responses: { 200: InstallationView },
    handle: async ({ body }) => viewOf(await guard.switchReadOnly(body.readOnly, body.by, body.note)),
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
