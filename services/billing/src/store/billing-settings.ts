import { storeSettings } from '@orderbus/outbox';
import { defaultSettings } from '../domain/settings.ts';

export const billingSettings = storeSettings('billing_settings', defaultSettings);
