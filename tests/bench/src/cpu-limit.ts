import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';

const periodUs = 100_000;

/** So much of a core for a process and no more, as the limit of a container. Takes root, and Linux's control groups of either version. Answers with what ends it. */
export const limitCpu = (pid: number, cores: number): (() => void) => {
  const quotaUs = Math.round(cores * periodUs);
  const isUnified = existsSync('/sys/fs/cgroup/cgroup.controllers');
  const group = `/sys/fs/cgroup/${isUnified ? '' : 'cpu/'}orderbus-bench-${pid}`;
  mkdirSync(group);
  if (isUnified) writeFileSync(`${group}/cpu.max`, `${quotaUs} ${periodUs}`);
  else {
    writeFileSync(`${group}/cpu.cfs_period_us`, String(periodUs));
    writeFileSync(`${group}/cpu.cfs_quota_us`, String(quotaUs));
  }
  writeFileSync(`${group}/cgroup.procs`, String(pid));
  return () => rmdirSync(group);
};
