import { storeSettings } from '@orderbus/outbox';
import { defaultSettings } from '../domain/printing.ts';

export const documentSettings = storeSettings('document_settings', defaultSettings);
