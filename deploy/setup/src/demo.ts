/** Fills the warehouse with what the sandbox sells, once. For trying Orderbus; a real installation has products of its own. */
import { loadConfig, serviceTokens, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { fillShelves } from './index.ts';

const address = url(['http', 'https']);
const Config = z.object({ SANDBOX_URL: address, FULFILLMENT_URL: address, ACCESS_URL: address, SERVICE_SECRET: z.string().min(32) });

const config = loadConfig(Config, process.env);
const headersFor = serviceTokens({ accessUrl: config.ACCESS_URL, service: 'setup', secret: config.SERVICE_SECRET });
await fillShelves(config.SANDBOX_URL, config.FULFILLMENT_URL, headersFor);
