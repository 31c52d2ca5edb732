import { loadConfig, run } from '@orderbus/service-kit';
import { buildAmazonGatewayApp } from './app.ts';
import { AmazonGatewayConfig } from './config.ts';

const config = loadConfig(AmazonGatewayConfig, process.env);
await run(buildAmazonGatewayApp(config, { processMetrics: true }));
