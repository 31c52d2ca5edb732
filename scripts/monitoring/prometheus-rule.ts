import { readdirSync, readFileSync } from 'node:fs';
import { toYaml } from '@orderbus/service-kit';
import { parse } from 'yaml';

const folder = new URL('../../deploy/prometheus/rules/', import.meta.url);

/** The rules of deploy/prometheus as the Prometheus operator takes them. */
export const prometheusRule = (): string =>
  toYaml({
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PrometheusRule',
    metadata: { name: 'orderbus' },
    spec: {
      groups: readdirSync(folder)
        .sort()
        .flatMap((file) => (parse(readFileSync(new URL(file, folder), 'utf8')) as { groups: object[] }).groups),
    },
  });
