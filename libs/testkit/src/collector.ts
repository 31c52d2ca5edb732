import { receiver } from './receiver.ts';

/** A span as it was handed in, in the words of OTLP made plain. */
export interface CollectedSpan {
  readonly service: string;
  readonly name: string;
  readonly kind: 'internal' | 'server' | 'client' | 'producer' | 'consumer';
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly failed: boolean;
}

/** A collector of OpenTelemetry traces: OTLP over HTTP, as JSON. */
export interface Collector {
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** Everything as it came. */
  readonly bodies: readonly string[];
  stop(): Promise<void>;
}

export const collector = async (): Promise<Collector> => {
  const server = await receiver();
  const spans: CollectedSpan[] = [];
  server.answers('/v1/traces', (response, { body }) => {
    spans.push(...spansIn(JSON.parse(body) as Request));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  return {
    url: server.origin,
    spans,
    get bodies() {
      return server.calls.map(({ body }) => body);
    },
    stop: server.stop,
  };
};

const spansIn = ({ resourceSpans }: Request): CollectedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(plain(resource.attributes)['service.name']);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ service, ...spanOf(span) })));
  });

const spanOf = ({ name, kind, traceId, spanId, parentSpanId, links = [], attributes, status }: Span): Omit<CollectedSpan, 'service'> => ({
  ...{ name, traceId, spanId, kind: kinds[kind - 1] ?? 'internal', parentSpanId: parentSpanId || undefined },
  links: links.map((link) => ({ traceId: link.traceId, spanId: link.spanId })),
  attributes: plain(attributes),
  failed: status.code === 2,
});

const kinds = ['internal', 'server', 'client', 'producer', 'consumer'] as const;

const plain = (attributes: readonly Attribute[]): CollectedSpan['attributes'] =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0] as string | number | boolean]));

interface Attribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Span {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly attributes: readonly Attribute[];
  readonly status: { readonly code: number };
}

interface Request {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}
