import type { XmlElement } from './xml.ts';

/** Reads an element, strictly. A schema is made of these, as Amazon's is made of types. */
export type Rule<T> = (element: XmlElement) => T;

/** A document that is XML, but not the XML that the schema describes. */
export class SchemaViolation extends Error {
  constructor(reason: string) {
    super(`The XML does not match the schema: ${reason}`);
    this.name = 'SchemaViolation';
  }
}

/** How often an element comes at its place in a sequence. */
interface Particle<T, Content> {
  readonly rule: Rule<T>;
  readonly required: boolean;
  readonly repeats: boolean;
  /** Never set: it carries the type of what is read. */
  readonly content?: Content;
}

export const one = <T>(rule: Rule<T>): Particle<T, T> => ({ rule, required: true, repeats: false });
export const optional = <T>(rule: Rule<T>): Particle<T, T | undefined> => ({ rule, required: false, repeats: false });
export const some = <T>(rule: Rule<T>): Particle<T, readonly T[]> => ({ rule, required: true, repeats: true });
export const any = <T>(rule: Rule<T>): Particle<T, readonly T[]> => ({ rule, required: false, repeats: true });

export const text =
  (pattern: RegExp = /\S/): Rule<string> =>
  ({ name, text: value, children }) => {
    if (children.length > 0) throw new SchemaViolation(`element '${name}' must have no children.`);
    if (!pattern.test(value)) throw new SchemaViolation(`the value '${value}' of element '${name}' is not valid.`);
    return value;
  };

export const oneOf =
  <const T extends string>(values: readonly T[]): Rule<T> =>
  (element) => {
    const value = text()(element);
    if (!isAmong(values, value)) {
      throw new SchemaViolation(`the value '${value}' of element '${element.name}' is not one of [${values.join(', ')}].`);
    }
    return value;
  };

type Particles = Readonly<Record<string, Particle<unknown, unknown>>>;
type Contents<P extends Particles> = { readonly [Name in keyof P]: P[Name] extends Particle<unknown, infer Content> ? Content : never };

/** The children of an element in this order, and no others. */
export const sequence =
  <P extends Particles>(particles: P): Rule<Contents<P>> =>
  (element) => {
    const waiting = [...element.children];
    const contents = Object.entries(particles).map(([name, particle]) => [name, take(waiting, name, particle, element)] as const);
    const [stranger] = waiting;
    if (stranger) throw new SchemaViolation(`element '${stranger.name}' is not expected at this place in '${element.name}'.`);
    return Object.fromEntries(contents.filter(([, content]) => content !== undefined)) as Contents<P>;
  };

/** Of several children that can stand for each other, exactly one. */
export const exactlyOneOf =
  <T extends object>(rule: Rule<T>, ...names: readonly (keyof T & string)[]): Rule<T> =>
  (element) => {
    const contents = rule(element);
    if (names.filter((name) => contents[name] !== undefined).length !== 1) {
      throw new SchemaViolation(`'${element.name}' must have exactly one of [${names.join(', ')}].`);
    }
    return contents;
  };

const take = (
  waiting: XmlElement[],
  name: string,
  { rule, required, repeats }: Particle<unknown, unknown>,
  parent: XmlElement,
): unknown => {
  const found: unknown[] = [];
  while (waiting[0]?.name === name && (repeats || found.length === 0)) found.push(rule(waiting.shift() as XmlElement));
  if (required && found.length === 0) {
    const instead = waiting[0] ? `, but '${waiting[0].name}' was found` : '';
    throw new SchemaViolation(`element '${name}' is expected in '${parent.name}'${instead}.`);
  }
  return repeats ? found : found[0];
};

const isAmong = <T extends string>(values: readonly T[], value: string): value is T => (values as readonly string[]).includes(value);
