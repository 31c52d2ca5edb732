import { loadConfig, run } from '@orderbus/service-kit';
import { buildConsoleApp, ConsoleConfig } from './app.ts';

const config = loadConfig(ConsoleConfig, process.env);
await run(buildConsoleApp(config, { processMetrics: true }));
