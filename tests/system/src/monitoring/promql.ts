import type { SyntaxNode } from '@lezer/common';
import { parser } from '@prometheus-io/lezer-promql';

/** A metric as a query uses it, with all labels that the query expects of it. */
export interface Use {
  readonly metric: string;
  readonly labels: ReadonlySet<string>;
}

/**
 * The metrics of a query, by Prometheus's own grammar. Labels are those that are selected by, and those that what holds the metric is grouped
 * or matched by. @throws Error where it is no PromQL.
 */
export const usesOf = (query: string): Use[] => {
  // What Grafana puts in; the other variables stand in strings.
  const text = query.replaceAll('$__rate_interval', '5m');
  const uses: Use[] = [];
  parser.parse(text).iterate({
    enter: ({ node, type }) => {
      if (type.isError) throw new Error(`no PromQL at ${node.from}: ${text}`);
      if (type.name !== 'VectorSelector') return;
      const labels = [...namesIn(node, 'LabelMatchers', text), ...expectedAround(node, text)];
      uses.push({ metric: textOf(node.getChild('Identifier'), text), labels: new Set(labels) });
    },
  });
  return uses;
};

const expectedAround = (selector: SyntaxNode, text: string): string[] => {
  const labels: string[] = [];
  for (let node = selector.parent; node; node = node.parent) {
    const modifier = node.getChild('AggregateModifier');
    if (modifier?.getChild('By')) labels.push(...namesIn(modifier, 'GroupingLabels', text));
    const matching = node.getChild('MatchingModifierClause');
    if (matching?.getChild('On')) labels.push(...namesIn(matching, 'GroupingLabels', text));
  }
  return labels;
};

/** The names of labels in a part of a node. */
const namesIn = (node: SyntaxNode, part: string, text: string): string[] => {
  const names: string[] = [];
  node
    .getChild(part)
    ?.cursor()
    .iterate((inner) => {
      if (inner.name === 'LabelName') names.push(text.slice(inner.from, inner.to));
    });
  return names;
};

const textOf = (node: SyntaxNode | null, text: string): string => (node ? text.slice(node.from, node.to) : '');
