import type { Container, Manifest, PodSpec } from './manifest.ts';

/** What keeps a pod from starting, or from being stopped, moved and measured as it should be; and what it may do that it need not. */
export const podComplaints = ({ kind, metadata, spec }: Manifest): string[] => {
  const pod = spec?.template?.spec;
  if (!pod) return [];
  const found = [...accountComplaints(pod), ...pod.containers.flatMap((container) => containerComplaints(container, kind !== 'Job'))];
  return found.map((complaint) => `${kind} ${metadata.name}: ${complaint}`);
};

type Facts = Readonly<Record<string, boolean>>;

const failing = (facts: Facts): string[] => Object.keys(facts).filter((fact) => !facts[fact]);

const accountComplaints = ({ automountServiceAccountToken, securityContext = {} }: PodSpec): string[] =>
  failing({
    'runs as root': securityContext.runAsNonRoot === true && (securityContext.runAsUser ?? 0) > 0,
    'has no seccomp profile': securityContext.seccompProfile?.type === 'RuntimeDefault',
    'gets a token of Kubernetes': automountServiceAccountToken === false,
  });

const containerComplaints = (container: Container, lasting: boolean): string[] => [
  ...failing({
    'writes to its file system': container.securityContext?.readOnlyRootFilesystem === true,
    'may gain privileges': container.securityContext?.allowPrivilegeEscalation === false,
    'has capabilities': hasNone(container.securityContext?.capabilities),
    'has no fixed tag': /:(?!latest$)[\w.-]+$|@sha256:[0-9a-f]{64}$/.test(container.image ?? ''),
    'has no request': isWhole(container.resources?.requests),
    'has no limit': isWhole(container.resources?.limits),
  }),
  ...(lasting ? failing({ 'lacks a probe': Boolean(container.startupProbe && container.livenessProbe && container.readinessProbe) }) : []),
];

type Capabilities = { readonly drop?: readonly string[]; readonly add?: readonly string[] };
const hasNone = ({ drop = [], add = [] }: Capabilities = {}): boolean => drop.includes('ALL') && add.length === 0;

const isWhole = (amounts: Readonly<Record<string, string>> = {}): boolean => Boolean(amounts.cpu && amounts.memory);

const told = /SECRET|PASSWORD|TOKEN|KEYS?$|CREDENTIAL|AMAZON_STORES/;
const userInUrl = /:\/\/[^/@\s]*:[^/@\s$]+@/;

/** Secrets stand in Secrets: neither in ConfigMaps nor in the variables of a pod. The name of a file is none. */
export const secretComplaints = ({ kind, metadata, data = {}, spec }: Manifest): string[] => {
  const literals = (spec?.template?.spec.containers ?? []).flatMap(({ env = [] }) =>
    env.map(({ name, value = '' }) => [name, value] as const),
  );
  const shown = kind === 'ConfigMap' ? Object.entries(data) : literals;
  return shown
    .filter(
      ([name, value]) =>
        value !== '' && ((told.test(name) && !name.endsWith('_FILE') && name !== 'SETUP_SECRETS') || userInUrl.test(value)),
    )
    .map(([name]) => `${kind} ${metadata.name}: ${name} can be read by everybody`);
};
