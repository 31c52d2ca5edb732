import openapiTypes, { astToString, type OpenAPI3 } from 'openapi-typescript';

type Json = Record<string, unknown>;

/**
 * The types of a service's HTTP API, as the browser needs them: what can be asked, and what comes back when it went well. Every failure is
 * the same problem document, which `api/problem.ts` knows.
 */
export const typesOf = async (document: object): Promise<string> => {
  const lean = structuredClone(document) as OpenAPI3;
  for (const path of Object.values((lean.paths ?? {}) as Record<string, Json>))
    for (const operation of Object.values(path) as Json[]) {
      const { responses } = operation;
      if (typeof responses === 'object' && responses !== null)
        operation.responses = Object.fromEntries(Object.entries(responses).filter(([status]) => status.startsWith('2')));
    }
  return astToString(await openapiTypes(withoutProse(lean) as OpenAPI3, { emptyObjectsUnknown: true }));
};

/** Descriptions are in docs/openapi; here they would be two thirds of the text. */
const withoutProse = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutProse);
  if (typeof value !== 'object' || value === null) return value;
  const prose = ['description', 'summary', 'example', 'examples', 'pattern', 'format'];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => !(prose.includes(name) && (typeof inner === 'string' || name.startsWith('example'))))
      .map(([name, inner]) => [name, withoutProse(inner)]),
  );
};
