/**
 * `npm run sbom -- PATH` writes the bill of materials of what runs in an installation, as CycloneDX JSON; `npm run sbom -- PATH --image FOLDER`
 * that of an image, whose file system beside Orderbus is in this folder.
 * `--check` makes those of the product and of everything, and looks at all licences.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeBill, writeImageBill } from './dependencies/bill.ts';
import { notPermitted } from './dependencies/licences.ts';

const [target, option, fileSystem] = process.argv.slice(2);

if (target === '--check') {
  const folder = await mkdtemp(join(tmpdir(), 'orderbus-sbom-'));
  try {
    await writeBill('product', join(folder, 'product.json'));
    const { components } = await writeBill('everything', join(folder, 'everything.json'));
    const refused = notPermitted(components);
    for (const line of refused) console.error(line);
    if (refused.length > 0) console.error('Permitted licences, and packages with another one, stand in scripts/dependencies/policy.ts.');
    process.exitCode = refused.length > 0 ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true });
  }
} else if (target) {
  const path = resolve(target);
  const { components, specVersion } = await (option === '--image' && fileSystem
    ? writeImageBill(path, fileSystem)
    : writeBill('product', path));
  console.log(`${path}: CycloneDX ${specVersion}, ${components.length} components`);
} else {
  console.error('Where to? npm run sbom -- orderbus.cdx.json');
  process.exitCode = 1;
}
