import { type Dashboard, q, quantile } from '../panels.ts';

export const amazon: Dashboard = {
  uid: 'orderbus-amazon',
  title: 'Orderbus: Amazon API',
  rows: [
    {
      title: 'Calls',
      panels: [
        {
          title: 'By operation',
          unit: 'reqps',
          queries: [q('sum by (op) (rate(spapi_requests_total[$__rate_interval]))', '{{op}}')],
        },
        {
          title: 'By answer',
          unit: 'reqps',
          queries: [q('sum by (status) (rate(spapi_requests_total[$__rate_interval]))', '{{status}}')],
        },
        {
          title: 'Refused for lack of quota',
          unit: 'reqps',
          queries: [q('sum by (op) (rate(spapi_throttled_total[$__rate_interval]))', '{{op}}')],
        },
        { title: 'How long Amazon takes, p99', unit: 's', queries: [q(quantile(0.99, 'spapi_duration_seconds', ['op']), '{{op}}')] },
        {
          title: 'Circuits',
          unit: 'none',
          about: '0 closed, 1 half open, 2 open',
          alarmAt: 2,
          queries: [q('max by (name) (circuit_state{service="amazon-gateway"})', '{{name}}')],
        },
        {
          title: 'Access tokens asked for',
          unit: 'short',
          queries: [q('sum by (result) (increase(lwa_refresh_total[$__rate_interval]))', '{{result}}')],
        },
      ],
    },
    {
      title: 'Writes',
      panels: [
        { title: 'Not resolved', unit: 'short', queries: [q('max by (state) (amazon_commands)', '{{state}}')] },
        { title: 'The oldest of them', unit: 's', queries: [q('max by (state) (amazon_command_oldest_age_seconds)', '{{state}}')] },
        {
          title: "From the wish to Amazon's answer, p99",
          unit: 's',
          queries: [q(quantile(0.99, 'amazon_write_seconds', ['kind', 'outcome']), '{{kind}} {{outcome}}')],
        },
        { title: 'Feeds under way', unit: 'short', queries: [q('max by (type, state) (amazon_feeds)', '{{type}} {{state}}')] },
        {
          title: 'Feeds ended',
          unit: 'short',
          queries: [q('sum by (type, state) (increase(amazon_feeds_total[1h]))', '{{type}} {{state}}')],
        },
        {
          title: 'From handing a feed in to its end, p99',
          unit: 's',
          queries: [q(quantile(0.99, 'amazon_feed_seconds', ['type']), '{{type}}')],
        },
      ],
    },
  ],
};
