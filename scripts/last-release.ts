import { execFileSync } from 'node:child_process';

const root = new URL('..', import.meta.url);

/** Until there is a tag, what an installation is upgraded from in tests: the console without its read model, owners without their logs. */
const beforeAnyTag = 'f74bb39';

/** The revision that installations run which have not been upgraded yet: the highest tag `v…`. */
export const lastRelease = (): string => {
  const tags = execFileSync('git', ['tag', '--list', 'v*', '--sort=-version:refname'], { cwd: root, encoding: 'utf8' });
  const [highest = beforeAnyTag] = tags.split('\n').filter(Boolean);
  return highest;
};
