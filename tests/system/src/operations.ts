/** One operation of a service, as bad input is made for it. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly hasParams: boolean;
  readonly hasBody: boolean;
  /** Its body is a file: this one is good enough. */
  readonly file?: { readonly body: string; readonly contentType: string };
  readonly query: readonly Parameter[];
  /** Bodies that are right but for a text with a character that means its end. */
  readonly text: readonly string[];
  /** A body that the document allows, for requests whose path is what is wrong. */
  readonly acceptable: { readonly body?: string };
  /** Its path with this in the place of its parameters; by default an id that is well formed and nobody's. */
  url(value?: string): string;
}

interface Parameter {
  readonly name: string;
  readonly isText: boolean;
  readonly isNumber: boolean;
  /** Values that its schema does not allow. */
  readonly wrong: readonly string[];
}

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

interface Documented {
  readonly parameters?: readonly { readonly in: string; readonly name: string; readonly schema: Schema }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}

export const operationsOf = (document: { paths: Readonly<Record<string, Readonly<Record<string, Documented>>>> }): Operation[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, documented]) => operationOf(path, method.toUpperCase(), documented)),
  );

const operationOf = (path: string, method: string, { parameters = [], requestBody }: Documented): Operation => {
  // A file that is uploaded has no schema.
  const body = requestBody?.content['application/json']?.schema;
  const [fileType] = Object.keys(requestBody?.content ?? {}).filter((type) => type !== 'application/json');
  const ids = parameters.filter((parameter) => parameter.in === 'path');
  return {
    method,
    path,
    hasParams: ids.length > 0,
    hasBody: body !== undefined,
    ...(fileType === undefined ? {} : { file: { body: 'sku\n', contentType: fileType } }),
    query: parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name, schema }) => ({ name, isText: isText(schema), isNumber: isNumber(schema), wrong: wrongValues(schema) })),
    text: body === undefined ? [] : poisoned(body),
    acceptable: body === undefined ? {} : { body: JSON.stringify(leastOf(body)) },
    url: (value) =>
      ids.reduce((url, { name, schema }) => url.replace(`{${name}}`, value ?? (isText(schema) ? 'nobody' : String(leastOf(schema)))), path),
  };
};

const isText = ({ type, format, pattern, enum: values }: Schema): boolean => type === 'string' && !format && !pattern && !values;

const isNumber = ({ type }: Schema): boolean => type === 'integer' || type === 'number';

const wrongValues = ({ type, format, pattern, enum: values, minimum, maxLength, items }: Schema): string[] => {
  if (type === 'array' && items) return wrongValues(items);
  if (type === 'integer' || type === 'number') return ['many', '1.5', ...(minimum === undefined ? [] : [String(minimum - 1)])];
  if (type === 'boolean' || values || format || pattern) return ['nonsense', 'a%00b'];
  return maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)];
};

/** The least that a schema allows; every text in it is `text`. */
const leastOf = (schema: Schema, text = 'nobody'): unknown => {
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'object':
      return Object.fromEntries((schema.required ?? []).map((name) => [name, leastOf(schema.properties?.[name] ?? {}, text)]));
    case 'array':
      return [leastOf(schema.items ?? {}, text)];
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    default:
      if (schema.format === 'uuid') return '00000000-0000-4000-8000-000000000000';
      return schema.pattern ? '1' : text;
  }
};

const poisoned = (schema: Schema): string[] => {
  const body = JSON.stringify(leastOf(schema, 'a\u0000b'));
  return body === JSON.stringify(leastOf(schema)) ? [] : [body];
};
