import { languages } from '@orderbus/documents';
import { checkIfMatch, etagOf, HttpError, type Route, response, route, type ServiceKit, storeParams } from '@orderbus/service-kit';
import { z } from 'zod';
import { type DocumentSettings, defaultSettings } from '../domain/printing.ts';
import { replaceSettings, settingsOf } from '../store/document-settings.ts';

const Settings = z.strictObject({
  sellerName: z.string().trim().max(120),
  sellerAddress: z.array(z.string().trim().min(1).max(120)).max(6).describe('Line by line'),
  footer: z.string().trim().max(300).describe('At the foot of each sheet'),
  locale: z.enum(languages).nullable().describe('Null: the language of the country that it goes to'),
}) satisfies z.ZodType<DocumentSettings>;

export const documentSettingsRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] => [
  route({
    method: 'get',
    path: '/document-settings/:tenant',
    summary: 'How a store names itself on its packing slips',
    tags: ['documents'],
    params: storeParams,
    responses: { 200: Settings },
    handle: async ({ params: { tenant } }) => {
      const { settings, version } = await settingsOf(database, tenant);
      return response(200, settings as z.output<typeof Settings>, { etag: etagOf(version) });
    },
  }),
  route({
    method: 'put',
    path: '/document-settings/:tenant',
    summary: 'Replaces them; what is left out becomes what is usual',
    tags: ['documents'],
    params: storeParams,
    body: Settings.partial(),
    responses: { 200: Settings },
    handle: async ({ params: { tenant }, headers, body }) => {
      const { version } = await settingsOf(database, tenant);
      checkIfMatch(headers, version);
      const settings = { ...defaultSettings, ...(body as Partial<DocumentSettings>) };
      const kept = await replaceSettings(database, tenant, { settings, version });
      if (kept === undefined) throw new HttpError(412, 'precondition.failed', 'It has changed since');
      return response(200, settings as z.output<typeof Settings>, { etag: etagOf(kept.version) });
    },
  }),
];
