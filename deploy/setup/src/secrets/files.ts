import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret of the installation: made once, read ever after. */
export const secretAt = async (folder: string, name: string, make: () => string): Promise<string> => {
  try {
    return (await readFile(join(folder, 'installation', name), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const made = make();
    await writeFor(folder, 'installation', name, made);
    return made;
  }
};

/** Hands a value to one service, as a file that only its owner reads. Whole or not at all: a service may be starting just now. */
export const writeFor = async (folder: string, service: string, name: string, value: string): Promise<void> => {
  await mkdir(join(folder, service), { recursive: true });
  const path = join(folder, service, name);
  await writeFile(`${path}.new`, `${value}\n`, { mode: 0o600 });
  await chmod(`${path}.new`, 0o600);
  await rename(`${path}.new`, path);
};
