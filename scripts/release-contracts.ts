/**
 * `node scripts/release-contracts.ts <version>`: keeps every event as it is now, with its example, as a release that later changes are held
 * against. Refuses a version that exists, one that is not the highest, and events that break the release before.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { allEvents } from '@orderbus/contracts';
import { byVersion, filesOf, lastRelease, releasable, releaseBreaks, releasesFolder } from '@orderbus/contracts/release';

const [version = ''] = process.argv.slice(2);
const last = lastRelease();
const events = releasable(allEvents);

const complaints = [
  ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : ['Say which version, as 1.2.3']),
  ...(last && byVersion(version, last.version) <= 0 ? [`${version} is not higher than ${last.version}, the last release`] : []),
  ...(last ? releaseBreaks(last, events) : []),
];
if (complaints.length > 0) {
  process.stderr.write(`Nothing released:\n${complaints.map((line) => `  ${line}\n`).join('')}`);
  process.exit(1);
}

const folder = new URL(`${version}/`, releasesFolder);
mkdirSync(folder);
for (const event of events) for (const [name, text] of Object.entries(filesOf(event))) writeFileSync(new URL(name, folder), text);
process.stdout.write(`Released ${events.length} events as ${version}\n`);
