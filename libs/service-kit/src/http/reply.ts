import type { Readable } from 'node:stream';
import { z } from 'zod';

/** What a route declares for one status: a schema for JSON, media types for anything else, either of them, or nothing. */
export type ResponseSpec = z.ZodType | Media | JsonOrMedia | typeof noContent;

export interface Media {
  readonly contentTypes: readonly string[];
}

/** Declares a response that is not JSON: `200: media('text/html')`. */
export const media = (...contentTypes: readonly [string, ...string[]]): Media => ({ contentTypes });

export interface JsonOrMedia<S extends z.ZodType = z.ZodType> extends Media {
  readonly json: S;
}

/** Declares a response that is JSON unless the caller asked for something else: `200: jsonOr(Report, 'text/csv')`. */
export const jsonOr = <S extends z.ZodType>(json: S, ...contentTypes: readonly [string, ...string[]]): JsonOrMedia<S> => ({
  json,
  contentTypes,
});

/** Declares a response without a body: `204: noContent`. */
export const noContent = Symbol('no content');

/** A body that is sent as it is. */
export class Raw {
  readonly contentType: string;
  readonly body: string | Buffer | Readable;

  constructor(contentType: string, body: string | Buffer | Readable) {
    this.contentType = contentType;
    this.body = body;
  }
}

export const raw = (contentType: string, body: string | Buffer | Readable): Raw => new Raw(contentType, body);

export const html = (text: string): Raw => new Raw('text/html; charset=utf-8', text);

/** An answer with a status or headers of its own. */
export class HttpResponse<S extends number = number, B = unknown> {
  readonly status: S;
  readonly body: B;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: S, body: B, headers: Readonly<Record<string, string>> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export const response: {
  <const S extends number>(status: S): HttpResponse<S, undefined>;
  // `const`, so that a literal such as `{ status: 'held' }` is not taken for any text.
  <const S extends number, const B>(status: S, body: B, headers?: Readonly<Record<string, string>>): HttpResponse<S, B>;
} = <S extends number, B>(status: S, body?: B, headers?: Readonly<Record<string, string>>) => new HttpResponse(status, body as B, headers);

/** Statuses that a plain value may stand for, in order of preference. */
export const plainStatuses = [200, 201, 202, 204] as const;

export type ResponseSpecs = { readonly [status: number]: ResponseSpec };

/** What `handle` may answer: the plain value of the route's first success status, or a `response` with any declared status. */
export type Reply<R extends ResponseSpecs> =
  | BodyOf<R[PlainStatus<R>]>
  | { [S in keyof R & number]: HttpResponse<S, BodyOf<R[S]>> }[keyof R & number];

type PlainStatus<R> = 200 extends keyof R ? 200 : 201 extends keyof R ? 201 : 202 extends keyof R ? 202 : 204 & keyof R;

type BodyOf<D> = D extends z.ZodType
  ? Unchanged<z.output<D>>
  : D extends JsonOrMedia<infer S>
    ? Unchanged<z.output<S>> | Raw
    : D extends Media
      ? Raw
      : NoBody<D>;

// biome-ignore lint/suspicious/noConfusingVoidType: what a handler returns that answers nothing
type NoBody<D> = D extends typeof noContent ? void : never;

/** Answers are only read: domain values with readonly fields and lists will do. */
type Unchanged<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends object
    ? { readonly [K in keyof T]: Unchanged<T[K]> }
    : T;

export const isSchema = (spec: ResponseSpec): spec is z.ZodType => spec instanceof z.ZodType;

/** The schema that this body has to fit: none for a body that is sent as it is. */
export const schemaOf = (spec: ResponseSpec, body?: unknown): z.ZodType | undefined => {
  if (isSchema(spec)) return spec;
  return typeof spec === 'object' && 'json' in spec && !(body instanceof Raw) ? spec.json : undefined;
};
