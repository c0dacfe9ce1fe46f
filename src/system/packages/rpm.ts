/** The files that rpm installed. Its database has no format of its own to read, so rpm itself is asked. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PathCollector } from './path-collector.ts';

const DATABASES = ['/usr/lib/sysimage/rpm', '/var/lib/rpm'];
/** The file of each of its formats: where none is there, rpm might make one. */
const FORMATS = ['rpmdb.sqlite', 'Packages.db', 'Packages'];
const TIMEOUT_MS = 60_000;
const MOST_BYTES = 2 ** 30;
/** "=" repeats what a package has once beside each of its files. */
const FORMAT = '[%{=NAME}\\t%{FILENAMES}\\n]';

/** Adds all packages' paths; how many packages there are, 0 where rpm is not used or does not answer. */
export function collectRpm(paths: PathCollector): number {
  const database = DATABASES.find((place) => FORMATS.some((file) => existsSync(`${place}/${file}`)));
  if (database === undefined) return 0;
  let listing: ByteString;
  try {
    listing = fromBytes(
      execFileSync('rpm', ['--dbpath', database, '-qa', '--qf', FORMAT], {
        timeout: TIMEOUT_MS,
        maxBuffer: MOST_BYTES,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    );
  } catch {
    return 0;
  }
  const owners = new Map<string, number>();
  for (const line of listing.split('\n')) {
    const tab = line.indexOf('\t');
    if (tab <= 0 || line[tab + 1] !== '/') continue;
    const name = line.slice(0, tab);
    let owner = owners.get(name);
    if (owner === undefined) owners.set(name, (owner = paths.addPackage(name)));
    paths.addPath(owner, line.slice(tab + 1) as ByteString);
  }
  return owners.size;
}
