import type { Liquid, Template } from 'liquidjs';

/** Something that is wrong in a template, and on which line of its part. */
export interface Complaint {
  readonly line: number;
  readonly problem: string;
}

export interface Circumstances {
  /** What it will be filled with looks like this. */
  readonly sample: object;
  /** What may be put into it as it is, unescaped. */
  readonly embeds: readonly string[];
  /** What it may `render`. */
  readonly partOf: (name: string) => string | undefined;
}

/**
 * A template, parsed, and what is wrong with it: what cannot be parsed, and what it uses that is not there or must not be used so, on every path
 * through it. The parts that it renders are looked into with what it hands to them.
 */
export const checkedTemplate = (
  engine: Liquid,
  source: string,
  circumstances: Circumstances,
): { parsed: Template[]; complaints: Complaint[] } => {
  const { sample, partOf } = circumstances;
  try {
    const parsed = engine.parse(source);
    const scope = { ...sample, ...loopVariables(source, sample), forloop: anything };
    const inParts = rendered(source).flatMap(({ name, line, passed }): Complaint[] => {
      const part = partOf(name);
      if (part === undefined) return [{ line, problem: `there is no part ${name}` }];
      const given = Object.fromEntries(passed.map(([as, path]) => [as, lookUp(scope, path)]));
      const { complaints: wrong } = checkedTemplate(engine, part, { ...circumstances, sample: given, embeds: [] });
      return wrong.map(({ problem }) => ({ line, problem: `${problem}, in parts/${name}` }));
    });
    const complaints = [...unknownIn(engine, parsed, scope), ...unescapedIn(source, circumstances.embeds), ...inParts];
    if (complaints.length === 0) engine.renderSync(parsed, sample, { strictVariables: true });
    return { parsed, complaints };
  } catch (error) {
    const line = (error as { token?: { getPosition(): number[] } }).token?.getPosition()[0] ?? 1;
    return { parsed: [], complaints: [{ line, problem: (error as Error).message }] };
  }
};

const unknownIn = (engine: Liquid, parsed: Template[], scope: object): Complaint[] => {
  const { variables, locals } = engine.analyzeSync(parsed, { partials: false });
  return Object.values(variables)
    .flat()
    .filter(({ segments: [root] }) => !Object.hasOwn(locals, String(root)))
    .filter((variable) => !offers(scope, variable.toArray()))
    .map((variable) => ({ line: variable.location.row, problem: `unknown variable ${variable.toString()}` }));
};

const unescapedIn = (source: string, embeds: readonly string[]): Complaint[] =>
  [...source.matchAll(/([\w.[\]'"]*)\s*\|\s*raw\b/g)]
    .filter(([, name = '']) => !embeds.includes(name))
    .map(({ 1: name, index }) => ({ line: lineAt(source, index), problem: `${name} would not be escaped` }));

/** Stands for a value that may have whatever is asked for. */
const anything: unique symbol = Symbol('anything');

/** Of what a list has besides its elements. */
const ofLists = ['size', 'first', 'last'];

/** Is there something at this path? */
const offers = (value: unknown, [segment, ...rest]: readonly unknown[]): boolean => {
  if (segment === undefined || value === anything) return true;
  if (Array.isArray(value) && (typeof segment === 'number' || ofLists.includes(String(segment)))) {
    return segment === 'size' ? rest.length === 0 : offers(value[0], rest);
  }
  return (
    typeof value === 'object' && value !== null && Object.hasOwn(value, String(segment)) && offers(Object(value)[String(segment)], rest)
  );
};

const lookUp = (scope: object, path: string): unknown =>
  path.split('.').reduce<unknown>((value, name) => {
    if (Array.isArray(value)) return name === 'size' ? value.length : value[0];
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  }, scope);

/** `{% for reason in reasons %}`: what a `reason` looks like. */
const loopVariables = (source: string, sample: object): Record<string, unknown> => {
  const scope: Record<string, unknown> = { ...sample };
  const loops = [...source.matchAll(/\{%-?\s*for\s+(\w+)\s+in\s+([\w.]+)/g)];
  for (const [, name = '', path = ''] of loops) scope[name] = lookUp(scope, `${path}.first`);
  return Object.fromEntries(loops.map(([, name = '']) => [name, scope[name]]));
};

/** `{% render 'cause', reason: reason %}` */
const rendered = (source: string): { name: string; line: number; passed: [string, string][] }[] =>
  [...source.matchAll(/\{%-?\s*render\s+'([\w-]+)'([^%]*)%\}/g)].map(({ 1: name = '', 2: passed = '', index }) => ({
    name,
    line: lineAt(source, index),
    passed: [...passed.matchAll(/(\w+):\s*([\w.]+)/g)].map(([, as = '', path = '']): [string, string] => [as, path]),
  }));

const lineAt = (source: string, index: number): number => source.slice(0, index).split('\n').length;
