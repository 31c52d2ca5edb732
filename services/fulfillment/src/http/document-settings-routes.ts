import { languages } from '@orderbus/documents';
import { type Route, type ServiceKit, storeSettingsRoutes } from '@orderbus/service-kit';
import { z } from 'zod';
import { type DocumentSettings, defaultSettings } from '../domain/printing.ts';
import { documentSettings } from '../store/document-settings.ts';

const Settings = z.strictObject({
  sellerName: z.string().trim().max(120),
  sellerAddress: z.array(z.string().trim().min(1).max(120)).max(6).describe('Line by line'),
  footer: z.string().trim().max(300).describe('At the foot of each sheet'),
  locale: z.enum(languages).nullable().describe('Null: the language of the country that it goes to'),
}) satisfies z.ZodType<DocumentSettings>;

export const documentSettingsRoutes = ({ database }: Pick<ServiceKit, 'database'>): Route[] =>
  storeSettingsRoutes(database, {
    path: '/document-settings',
    tag: 'documents',
    get: { summary: 'How a store names itself on its packing slips' },
    put: { summary: 'Replaces them; what is left out becomes what is usual' },
    schema: Settings,
    usual: defaultSettings,
    kept: documentSettings,
  });
