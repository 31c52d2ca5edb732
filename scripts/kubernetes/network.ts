import { type Manifest, ofKind, type Path, type Peer, type Rule, selects } from './manifest.ts';

type Labels = Readonly<Record<string, string>>;

const policies = (manifests: readonly Manifest[]): Manifest[] => ofKind(manifests, 'NetworkPolicy');

/** Whether nobody may speak with anybody where no policy says so. */
export const deniesByDefault = (manifests: readonly Manifest[]): boolean =>
  policies(manifests).some(
    ({ spec }) =>
      spec?.podSelector !== undefined &&
      Object.keys(spec.podSelector).length === 0 &&
      ['Ingress', 'Egress'].every((type) => spec.policyTypes?.includes(type)) &&
      !spec.ingress?.length &&
      !spec.egress?.length,
  );

/** By name: the labels of its pods. Of a service and its migrations, which have one name, those of the service. */
const podsOf = (manifests: readonly Manifest[]): Map<string, Labels> =>
  new Map(
    [...ofKind(manifests, 'Job'), ...ofKind(manifests, 'Deployment', 'StatefulSet')].map(({ metadata, spec }) => [
      metadata.name,
      spec?.template?.metadata?.labels ?? {},
    ]),
  );

const rulesFor = (manifests: readonly Manifest[], labels: Labels, direction: 'ingress' | 'egress'): Rule[] =>
  policies(manifests)
    .filter(({ spec }) => selects(spec?.podSelector ?? {}, labels))
    .flatMap(({ spec }) => spec?.[direction] ?? []);

const isPod = (labels: Labels) => (peer: Peer) =>
  peer.podSelector !== undefined && peer.namespaceSelector === undefined && selects(peer.podSelector, labels);

const opens = (rules: readonly Rule[], side: 'from' | 'to', labels: Labels, port: number): boolean =>
  rules.some((rule) => rule[side]?.some(isPod(labels)) && rule.ports?.some((open) => open.port === port));

/** Whether the pods of one may call those of the other: both have to be let. */
export const mayCall = (manifests: readonly Manifest[], caller: string, callee: string, port: number): boolean => {
  const pods = podsOf(manifests);
  const [from, to] = [pods.get(caller), pods.get(callee)];
  if (!from || !to) return false;
  return opens(rulesFor(manifests, from, 'egress'), 'to', to, port) && opens(rulesFor(manifests, to, 'ingress'), 'from', from, port);
};

/** Who reaches addresses that are not of the cluster, and at which ports. */
export const reachingOut = (manifests: readonly Manifest[]): Record<string, number[]> => {
  const found = [...podsOf(manifests)].map(([name, labels]): [string, number[]] => [
    name,
    rulesFor(manifests, labels, 'egress')
      .filter((rule) => !rule.to || rule.to.some(({ ipBlock }) => ipBlock))
      .flatMap((rule) => (rule.ports ?? [{ port: 0 }]).map(({ port }) => port)),
  ]);
  return Object.fromEntries(found.filter(([, ports]) => ports.length > 0));
};

/** Where a request from outside gets. As an Ingress decides: the exact path, or the longest that it is in. */
export const servedBy = (manifests: readonly Manifest[], path: string): string | undefined => {
  const paths = ofKind(manifests, 'Ingress').flatMap(({ spec }) => spec?.rules?.flatMap(({ http }) => http.paths) ?? []);
  const fits = (each: Path): boolean =>
    each.path === path || (each.pathType === 'Prefix' && path.startsWith(each.path.endsWith('/') ? each.path : `${each.path}/`));
  return paths.filter(fits).sort((one, other) => other.path.length - one.path.length)[0]?.backend.service.name;
};
