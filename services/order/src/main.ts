import { loadConfig, run } from '@orderbus/service-kit';
import { buildOrderApp, OrderConfig } from './app.ts';

const config = loadConfig(OrderConfig, process.env);
await run(buildOrderApp(config, { processMetrics: true }));
