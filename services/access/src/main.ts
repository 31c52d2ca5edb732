import { loadConfig, run } from '@orderbus/service-kit';
import { AccessConfig, buildAccessApp } from './app.ts';

const config = loadConfig(AccessConfig, process.env);
await run(buildAccessApp(config, { processMetrics: true }));
