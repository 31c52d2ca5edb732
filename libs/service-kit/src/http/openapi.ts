import { STATUS_CODES } from 'node:http';
import { stringify } from 'yaml';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject, type ZodOpenApiResponsesObject } from 'zod-openapi';
import { needsOf } from '../access/rule.ts';
import { Problem, problemMediaType } from './problem.ts';
import { isSchema, noContent, type ResponseSpec, schemaOf } from './reply.ts';
import { compareText, type Route } from './route.ts';

export interface OpenApiInfo {
  readonly title: string;
  readonly version: string;
  readonly description?: string;
  readonly routes: readonly Route[];
}

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The OpenAPI 3.1 document of these routes: the same routes give the same text, in whatever order they are listed. */
export const openApiDocument = ({ title, version, description, routes }: OpenApiInfo): OpenApiDocument => {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of routes.toSorted((a, b) => compareText(a.path, b.path) || methods.indexOf(a.method) - methods.indexOf(b.method))) {
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title, version, ...(description === undefined ? {} : { description }) },
    components: { securitySchemes: { bearer } },
    security: [{ bearer: [] }],
    paths,
  });
};

export const toYaml = (document: unknown): string => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false });

const methods = ['get', 'put', 'post', 'patch', 'delete'] as const;

const bearer = {
  type: 'http',
  scheme: 'bearer',
  description: 'An API key (`obk_…`), or a token of the access service for this service',
} as const;

const operationOf = (route: Route): ZodOpenApiOperationObject => ({
  operationId: route.operationId,
  summary: route.summary,
  ...(route.description === undefined ? {} : { description: route.description }),
  ...(route.access === 'public' ? { security: [] } : {}),
  ...(route.access === 'public'
    ? {}
    : { 'x-permissions': needsOf(route.access), ...(route.access.mayNeed ? { 'x-may-need': route.access.mayNeed } : {}) }),
  ...(route.tags.length > 0 ? { tags: [...route.tags] } : {}),
  ...parametersOf(route),
  ...(route.body === undefined ? {} : { requestBody: { required: true, content: { 'application/json': { schema: route.body } } } }),
  ...(route.upload === undefined ? {} : { requestBody: { required: true, content: textOf(route.upload.contentTypes) } }),
  responses: responsesOf(route),
});

const parametersOf = ({ method, params, query, secret }: Route): Pick<ZodOpenApiOperationObject, 'requestParams'> => {
  const path = isEmpty(params) ? {} : { path: params };
  const both = isEmpty(query) ? path : { ...path, query };
  const all = method === 'post' && !secret ? { ...both, header: idempotencyHeader } : both;
  return Object.keys(all).length === 0 ? {} : { requestParams: all };
};

const idempotencyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .describe('Sent again with the same key, the request is answered the same and done once'),
});

const isEmpty = (schema: Route['params']): boolean => Object.keys(schema.shape).length === 0;

const responsesOf = (route: Route): ZodOpenApiResponsesObject => {
  const documented = Object.fromEntries(
    Object.entries(route.responses).map(([status, spec]) => [status, { description: STATUS_CODES[status] ?? status, ...contentOf(spec) }]),
  );
  const problems = problemStatuses(route).filter((status) => !(status in documented));
  return {
    ...documented,
    ...Object.fromEntries(
      problems.map((status) => [
        status,
        { description: STATUS_CODES[status] ?? status, content: { [problemMediaType]: { schema: Problem } } },
      ]),
    ),
  } as ZodOpenApiResponsesObject;
};

const contentOf = (spec: ResponseSpec) => {
  if (spec === noContent) return {};
  if (isSchema(spec)) return { content: { 'application/json': { schema: spec } } };
  const json = schemaOf(spec);
  const asText = textOf(spec.contentTypes.filter((type) => json === undefined || type !== 'application/json'));
  return { content: { ...(json ? { 'application/json': { schema: json } } : {}), ...asText } };
};

const textOf = (contentTypes: readonly string[]) =>
  Object.fromEntries(contentTypes.map((type) => [type, { schema: { type: 'string' as const } }]));

/** Which problems a route can answer follows from what it takes. */
const problemStatuses = ({ method, access, params, body, upload }: Route): string[] => [
  '400',
  ...(access === 'public' ? [] : ['401', '403']),
  ...(isEmpty(params) ? [] : ['404']),
  ...(method === 'get' ? [] : ['409']),
  ...(body === undefined && upload === undefined ? [] : ['413', '415']),
  ...(method === 'post' ? ['422'] : []),
  '429',
  '500',
];
