import { loadConfig, run } from '@orderbus/service-kit';
import { buildFulfillmentApp, FulfillmentConfig } from './app.ts';

const config = loadConfig(FulfillmentConfig, process.env);
await run(buildFulfillmentApp(config, { processMetrics: true }));
