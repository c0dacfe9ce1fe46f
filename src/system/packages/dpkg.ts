/** The files that dpkg installed: a list per package in its database, and what local diversions moved elsewhere. */
import { readFileSync, readdirSync } from 'node:fs';
import { fromBytes } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { PathCollector } from './path-collector.ts';

const DATABASE = '/var/lib/dpkg';
const LIST = '.list';
const NEWLINE = 10;

/** Where a path is diverted to, and the package whose own file stays at the old place ("" for a local diversion). */
interface Diversion {
  readonly to: ByteString;
  readonly by: string;
}

/** Adds all packages' paths; how many packages there are, 0 where dpkg is not used. */
export function collectDpkg(paths: PathCollector): number {
  const folder = `${DATABASE}/info`;
  let names: string[];
  try {
    names = readdirSync(folder, 'latin1').filter((name) => name.endsWith(LIST));
  } catch {
    return 0;
  }
  const diversions = readDiversions();
  for (const name of names.toSorted()) {
    const file = name.slice(0, -LIST.length);
    let list: Buffer;
    try {
      list = readFileSync(Buffer.from(`${folder}/${name}`, 'latin1'));
    } catch {
      // Removed meanwhile.
      continue;
    }
    const owner = paths.addPackage(file);
    // A foreign architecture's name is "libc6:i386"; diversions name packages without it.
    addList(paths, owner, list, diversions, file.replace(/:.*$/u, ''));
  }
  return names.length;
}

function addList(
  paths: PathCollector,
  owner: number,
  list: Buffer,
  diversions: ReadonlyMap<ByteString, Diversion>,
  packageName: string,
): void {
  let start = 0;
  while (start < list.length) {
    const newline = list.indexOf(NEWLINE, start);
    const end = newline < 0 ? list.length : newline;
    const diversion = diversions.size > 0 ? diversions.get(fromBytes(list, start, end)) : undefined;
    if (diversion && diversion.by !== packageName) paths.addPath(owner, diversion.to);
    else paths.add(owner, list, start, end);
    start = end + 1;
  }
}

/** By the path that is diverted: dpkg writes three lines each, "from", "to" and the package, ":" for the administrator's own. */
function readDiversions(): Map<ByteString, Diversion> {
  const diversions = new Map<ByteString, Diversion>();
  let lines: ByteString[];
  try {
    lines = fromBytes(readFileSync(`${DATABASE}/diversions`)).split('\n') as ByteString[];
  } catch {
    return diversions;
  }
  for (let at = 0; at + 2 < lines.length; at += 3)
    diversions.set(lines[at], { to: lines[at + 1], by: lines[at + 2] === ':' ? '' : lines[at + 2] });
  return diversions;
}
