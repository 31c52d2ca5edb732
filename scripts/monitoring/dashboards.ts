import { amazon } from './dashboards/amazon.ts';
import { database } from './dashboards/database.ts';
import { messaging } from './dashboards/messaging.ts';
import { overview } from './dashboards/overview.ts';
import { services } from './dashboards/services.ts';
import { sync } from './dashboards/sync.ts';
import { grafanaJson } from './grafana.ts';

const dashboards = [overview, sync, messaging, amazon, services, database];

export const dashboardFolder = 'deploy/grafana/dashboards/';

/** Each file of the folder, and what it holds. */
export const dashboardFiles = dashboards.map((dashboard) => [`${dashboardFolder}${dashboard.uid}.json`, grafanaJson(dashboard)] as const);
