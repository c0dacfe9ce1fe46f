/** The files that pacman installed: a folder per package in its local database. */
import { readFileSync, readdirSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PathCollector } from './path-collector.ts';

const DATABASE = '/var/lib/pacman/local';

/** Adds all packages' paths; how many packages there are, 0 where pacman is not used. */
export function collectPacman(paths: PathCollector): number {
  let folders: string[];
  try {
    folders = readdirSync(DATABASE, 'latin1');
  } catch {
    return 0;
  }
  let count = 0;
  for (const folder of folders.toSorted()) {
    let text: string;
    try {
      text = fromBytes(readFileSync(Buffer.from(`${DATABASE}/${folder}/files`, 'latin1')));
    } catch {
      // ALPM_DB_VERSION is a file, and a package may be removed meanwhile.
      continue;
    }
    count++;
    // The folder is name-version-release.
    const owner = paths.addPackage(folder.replace(/-[^-]+-[^-]+$/u, ''));
    const section = /%FILES%\n((?:[^\n]+\n)*)/u.exec(text)?.[1] ?? '';
    for (const path of section.split('\n')) if (path !== '') paths.addPath(owner, `/${path}` as ByteString);
  }
  return count;
}
