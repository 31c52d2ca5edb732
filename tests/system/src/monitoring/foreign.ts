/**
 * Metrics of other programs, with their labels, as far as we use them. RabbitMQ's were read from the rabbitmq_prometheus plugin of 3.10.8:
 * `/metrics`, and `/metrics/detailed?family=queue_coarse_metrics&family=queue_consumer_count`. The last one is ingress-nginx's, from
 * https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/, and so it is named in its collector's source (internal/ingress/metric/collectors).
 */
export const foreignMetrics: Readonly<Record<string, readonly string[]>> = {
  up: ['job', 'instance'],
  rabbitmq_alarms_free_disk_space_watermark: [],
  rabbitmq_alarms_memory_used_watermark: [],
  rabbitmq_detailed_queue_consumers: ['vhost', 'queue'],
  rabbitmq_detailed_queue_messages_ready: ['vhost', 'queue'],
  rabbitmq_detailed_queue_messages_unacked: ['vhost', 'queue'],
  rabbitmq_disk_space_available_bytes: [],
  rabbitmq_global_messages_redelivered_total: ['protocol', 'queue_type'],
  rabbitmq_global_messages_unroutable_dropped_total: ['protocol'],
  rabbitmq_global_messages_unroutable_returned_total: ['protocol'],
  rabbitmq_process_resident_memory_bytes: [],
  nginx_ingress_controller_ssl_expire_time_seconds: ['class', 'host', 'namespace', 'secret_name'],
};
