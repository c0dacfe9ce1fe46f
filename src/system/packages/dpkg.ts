/** The files that dpkg installed: a list per package in its database, and what local diversions moved elsewhere. */
import { readFileSync, readdirSync } from 'node:fs';
import { fromBytes, toBuffer } from '../../model/byte-string.ts';
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
  diversions: Diversions,
  packageName: string,
): void {
  let start = 0;
  while (start < list.length) {
    const newline = list.indexOf(NEWLINE, start);
    const end = newline < 0 ? list.length : newline;
    const diversion = diversions.find(list, start, end);
    if (diversion && diversion.by !== packageName) paths.addPath(owner, diversion.to);
    else paths.add(owner, list, start, end);
    start = end + 1;
  }
}

/** Finds the few diverted paths among all the others without making a string of each. */
class Diversions {
  readonly #byLength = new Map<number, (Diversion & { readonly from: Buffer })[]>();

  add(from: ByteString, diversion: Diversion): void {
    const sameLength = this.#byLength.get(from.length);
    const one = { ...diversion, from: toBuffer(from) };
    if (sameLength) sameLength.push(one);
    else this.#byLength.set(from.length, [one]);
  }

  find(list: Buffer, start: number, end: number): Diversion | undefined {
    return this.#byLength
      .get(end - start)
      ?.find(({ from }) => from.at(-1) === list[end - 1] && from.compare(list, start, end) === 0);
  }
}

/** dpkg writes three lines each: "from", "to" and the package, ":" for the administrator's own. */
function readDiversions(): Diversions {
  const diversions = new Diversions();
  let lines: ByteString[];
  try {
    lines = fromBytes(readFileSync(`${DATABASE}/diversions`)).split('\n') as ByteString[];
  } catch {
    return diversions;
  }
  for (let at = 0; at + 2 < lines.length; at += 3)
    diversions.add(lines[at], { to: lines[at + 1], by: lines[at + 2] === ':' ? '' : lines[at + 2] });
  return diversions;
}
