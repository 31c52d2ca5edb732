/** Fills the warehouse with what the sandbox sells, once. For trying Orderbus; a real installation has products of its own. */
import { loadConfig, serviceTokens } from '@orderbus/service-kit';
import { fillShelves } from './index.ts';
import { DemoConfig } from './settings.ts';

const config = loadConfig(DemoConfig, process.env);
const headersFor = serviceTokens({ accessUrl: config.ACCESS_URL, service: 'setup', secret: config.SERVICE_SECRET });
await fillShelves(config.SANDBOX_URL, config.FULFILLMENT_URL, headersFor);
