/** Fills the warehouse with what the sandbox sells, once. For trying Orderbus; a real installation has products of its own. */
import { loadConfig, url } from '@orderbus/service-kit';
import { z } from 'zod';
import { fillShelves } from './index.ts';

const config = loadConfig(z.object({ SANDBOX_URL: url(['http', 'https']), FULFILLMENT_URL: url(['http', 'https']) }), process.env);
await fillShelves(config.SANDBOX_URL, config.FULFILLMENT_URL);
