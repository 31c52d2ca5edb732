import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { type Altered, alterationsOf, type Rule, testedAs } from './altered-rules.ts';
import { promtool } from './promtool.ts';

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
}

interface TestFile {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly { readonly alertname: string }[];
    readonly promql_expr_test?: readonly { readonly expr: string }[];
  }[];
}

/** Some rules of a file, each with one number altered: none of them may hide what another one does. */
interface Round {
  readonly file: string;
  readonly altered: ReadonlyMap<Rule, Altered>;
}

/** Numbers of rules that can be altered without any test of `folder` noticing: none, if the tests are any good. */
export const unnoticed = async (folder: string): Promise<{ readonly tried: number; readonly left: readonly string[] }> => {
  const files = await readdir(join(folder, 'rules'));
  const rules = new Map(
    await Promise.all(files.map(async (file) => [file, parse(await readFile(join(folder, 'rules', file), 'utf8')) as RuleFile] as const)),
  );
  const rounds = [...rules].flatMap(([file, { groups }]) => roundsOf(file, groups));
  const left: string[] = [];
  await Promise.all(
    Array.from({ length: availableParallelism() }, async () => {
      for (let round = rounds.shift(); round; round = rounds.shift())
        left.push(...(await notCaught(folder, rules.get(round.file) as RuleFile, round)));
    }),
  );
  const tried = [...rules.values()].flatMap(({ groups }) => groups.flatMap((group) => group.rules.flatMap(alterationsOf))).length;
  return { tried, left: left.sort() };
};

/** Alerts and recorded series in rounds of their own: an alert that fires because of an altered series says nothing about the alert. */
const roundsOf = (file: string, groups: RuleFile['groups']): Round[] =>
  Object.values(
    Object.groupBy(
      groups.flatMap((group) => group.rules),
      ({ alert }) => (alert === undefined ? 'series' : 'alerts'),
    ),
  ).flatMap((rules) => {
    const choices = rules.map((rule) => [rule, alterationsOf(rule)] as const);
    return Array.from({ length: Math.max(...choices.map(([, { length }]) => length)) }, (_, index) => ({
      file,
      altered: new Map(choices.flatMap(([rule, alterations]) => (alterations[index] ? [[rule, alterations[index]] as const] : []))),
    }));
  });

/** Only what concerns the altered rules is kept of rules and tests: the rest would take its time and say nothing. */
const notCaught = async (folder: string, { groups }: RuleFile, { file, altered }: Round): Promise<string[]> => {
  const copy = await mkdtemp(join(tmpdir(), 'orderbus-alerts-'));
  try {
    const kept = groups.map((group) => ({
      ...group,
      rules: group.rules.filter((rule) => rule.alert === undefined || altered.has(rule)).map((rule) => altered.get(rule)?.rule ?? rule),
    }));
    await writeFile(join(copy, file), stringify({ groups: kept }));
    const names = [...altered.keys()].map(testedAs);
    const tests = (await readdir(join(folder, 'tests'))).filter((test) => test.startsWith(file.replace('.yml', '')));
    const concerned = await Promise.all(
      tests.map(async (test) => {
        const all = parse(await readFile(join(folder, 'tests', test), 'utf8')) as TestFile;
        const some = all.tests.filter((each) => names.some((name) => checksOf(each).includes(name)));
        if (some.length === 0) return [];
        await writeFile(join(copy, `test-${test}`), stringify({ ...all, rule_files: [file], tests: some }));
        return [`test-${test}`];
      }),
    );
    const { words } = await promtool(copy, 'test', 'rules', ...concerned.flat());
    const failed = [...words.matchAll(/(?:alertname|expr): ?.*/g)].map(([line]) => line.replaceAll('\\"', '"')).join('\n');
    return [...altered].filter(([rule]) => !failed.includes(testedAs(rule))).map(([rule, { what }]) => `${testedAs(rule)}: ${what}`);
  } finally {
    await rm(copy, { recursive: true });
  }
};

/** What a test asks for, as promtool quotes it: each alert and each query. */
const checksOf = ({ alert_rule_test: alerts = [], promql_expr_test: queries = [] }: TestFile['tests'][number]): string =>
  [...alerts.map(({ alertname }) => `alertname: ${alertname},`), ...queries.map(({ expr }) => expr)].join('\n');
