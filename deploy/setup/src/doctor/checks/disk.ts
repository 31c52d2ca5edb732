import { statfs } from 'node:fs/promises';
import { check } from '../check.ts';
import { type Finding, right, worrying, wrong } from '../finding.ts';

interface Facts {
  readonly folder: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
}

export const judgeDisk = (disks: readonly Facts[]): Finding[] =>
  disks.map(({ folder, freeBytes, totalBytes }) => {
    const says = `${(freeBytes / 1e9).toFixed(1)} of ${(totalBytes / 1e9).toFixed(1)} GB are free`;
    if (freeBytes < 1e9) return wrong(folder, says, 'Free some at once: a database without disk stops');
    if (freeBytes < totalBytes * 0.1 && freeBytes < 20e9)
      return worrying(folder, says, 'Free some, or make it larger. Event logs and books only grow');
    return right(folder, says);
  });

export const disk = check(
  'disk',
  async ({ place: { folder } }) => {
    if (folder === undefined) return [];
    const { bavail, blocks, bsize } = await statfs(folder);
    return [{ folder, freeBytes: bavail * bsize, totalBytes: blocks * bsize }];
  },
  judgeDisk,
);
