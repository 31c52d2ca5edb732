import { loadConfig, run } from '@orderbus/service-kit';
import { BillingConfig, buildBillingApp } from './app.ts';

const config = loadConfig(BillingConfig, process.env);
await run(buildBillingApp(config, { processMetrics: true }));
