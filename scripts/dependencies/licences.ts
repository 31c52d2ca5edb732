import parse, { type Info } from 'spdx-expression-parse';
import { permitted, permittedFor } from './policy.ts';

/** A component of a CycloneDX bill, as far as its licence is concerned. */
export interface Component {
  readonly group?: string;
  readonly name: string;
  readonly version?: string;
  readonly licenses?: readonly ({ readonly expression: string } | { readonly license: { readonly id?: string; readonly name?: string } })[];
  readonly components?: readonly Component[];
}

/** One line for each component, nested ones too, whose licence nobody has permitted. */
export const notPermitted = (components: readonly Component[]): string[] => [
  ...new Set(
    components.flatMap((component) => {
      const licences = licencesOf(component);
      const name = component.group ? `${component.group}/${component.name}` : component.name;
      const bad = licences.filter((licence) => !permits(licence, name));
      return [
        ...bad.map((licence) => `${name} ${component.version ?? ''}: ${licence} is not among the permitted licences`),
        ...notPermitted(component.components ?? []),
      ];
    }),
  ),
];

/** All of them hold at once; `none` where it names no licence. */
const licencesOf = ({ licenses = [] }: Component): string[] =>
  licenses.length === 0
    ? ['none']
    : licenses.map((one) => ('expression' in one ? one.expression : (one.license.id ?? one.license.name ?? 'none')));

const permits = (expression: string, name: string): boolean => {
  const here = (licence: string): boolean => permitted.includes(licence) || exceptional(licence, name);
  const holds = (part: Info): boolean => {
    if ('license' in part) return here(part.license);
    return part.conjunction === 'or' ? holds(part.left) || holds(part.right) : holds(part.left) && holds(part.right);
  };
  return here(expression) || holds(parsed(expression));
};

const exceptional = (licence: string, name: string): boolean =>
  permittedFor.some(
    ({ packages, licence: other }) =>
      other === licence && packages.some((pattern) => (/[-/]$/.test(pattern) ? name.startsWith(pattern) : name === pattern)),
  );

const parsed = (expression: string): Info => {
  try {
    return parse(expression);
  } catch {
    return { license: expression };
  }
};
