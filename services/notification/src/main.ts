import { loadConfig, run } from '@orderbus/service-kit';
import { buildNotificationApp, NotificationConfig } from './app.ts';

const config = loadConfig(NotificationConfig, process.env);
await run(buildNotificationApp(config, { processMetrics: true }));
