/** Roots of other systems: a disk mounted in a rescue system, a container's or an image's tree, a copy of a machine. */
import { fromText, joinPath, parentPath } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { lstatIfAny } from '../system/calls/lstat.ts';

/** What every system's root has (file-hierarchy(7)); `etc` and `usr` may be mounts that are empty. */
const DIRECTORIES = ['etc', 'usr', 'var'];

/** What says which distribution it is: os-release(5), and what there was before it. */
const RELEASES = [
  'etc/os-release',
  'usr/lib/os-release',
  'etc/debian_version',
  'etc/redhat-release',
  'etc/system-release',
  'etc/SuSE-release',
  'etc/alpine-release',
  'etc/arch-release',
  'etc/gentoo-release',
  'etc/slackware-version',
];

/** Whether a directory is the root of a system. "/" is one too. */
export function isSystemRoot(directory: ByteString): boolean {
  const has = (name: string): boolean => lstatIfAny(joinPath(directory, fromText(name))) !== undefined;
  return DIRECTORIES.every(has) && RELEASES.some(has);
}

/** The nearest directory at or above `path`, "/" not counted, that is the root of another system. */
export function foreignRootOf(path: ByteString): ByteString | undefined {
  for (let at = path; at !== '/'; at = parentPath(at)) if (isSystemRoot(at)) return at;
  return undefined;
}
