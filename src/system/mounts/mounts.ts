/** Reads the mount table of this process and finds the mount that holds a path. */
import { readFileSync } from 'node:fs';
import { fromBytes, fromText, isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { unescapeOctal } from '../calls/octal-escapes.ts';
import { filesystemKind } from '../../model/mount.ts';
import type { Mount } from '../../model/mount.ts';

/** The mount table another process sees; empty where it cannot be read. */
export function readMountsOf(pid: number): Mount[] {
  try {
    return parseMountinfo(fromBytes(readFileSync(`/proc/${pid}/mountinfo`)));
  } catch {
    return [];
  }
}

/** The latest table of this process, as it was read and parsed: asked before every unit that goes, it seldom differs. */
let latest: { readonly table: ByteString; readonly mounts: readonly Mount[] } | undefined;

/** /proc/self/mountinfo, in mount order: later mounts cover earlier ones. Empty where there is no /proc (macOS). */
export function readMounts(): readonly Mount[] {
  let table: ByteString;
  try {
    table = fromBytes(readFileSync('/proc/self/mountinfo'));
  } catch {
    return [];
  }
  if (latest?.table !== table) latest = { table, mounts: parseMountinfo(table) };
  return latest.mounts;
}

/** Where filesystems are mounted whose server, or FUSE process, may never answer: not to be looked into by the way. */
export function networkMountPoints(mounts: readonly Mount[]): ReadonlySet<ByteString> {
  return new Set(mounts.filter(({ kind }) => kind === 'network').map(({ mountPoint }) => mountPoint));
}

/** The same, and where a FUSE process on this machine stands behind a disk (ntfs-3g, mergerfs): it may hang as well. */
export function mountPointsToAsk(mounts: readonly Mount[]): ReadonlySet<ByteString> {
  const asked = mounts.filter(({ kind, type }) => kind === 'network' || /^fuse(?:blk)?(?:\.|$)/u.test(type));
  return new Set(asked.filter(({ kind }) => kind !== 'kernel').map(({ mountPoint }) => mountPoint));
}

/** Parses proc_pid_mountinfo(5): `36 35 98:0 /root /mount/point opts [optional…] - type source superopts`. */
export function parseMountinfo(table: ByteString): Mount[] {
  const mounts: Mount[] = [];
  for (const line of table.split('\n')) {
    const separator = line.indexOf(' - ');
    if (separator < 0) continue;
    const [id = '', parentId = '', device = '', root = '', mountPoint = '', options = ''] = line.split(
      ' ',
      6,
    );
    const [type = '', source = '', filesystemOptions = ''] = line.slice(separator + 3).split(' ', 3);
    mounts.push({
      id: Number(id),
      parentId: Number(parentId),
      device,
      root: unescapeOctal(root),
      mountPoint: unescapeOctal(mountPoint),
      options: options.split(','),
      type: unescapeOctal(type),
      source: unescapeOctal(source),
      filesystemOptions: filesystemOptions.split(',').map(unescapeOctal),
      kind: filesystemKind(type),
    });
  }
  return mounts;
}

/**
 * The mount through which `path` (absolute, no symlinks) is seen: the longest mount point above it, the last of equals.
 * @param mounts visible ones.
 */
export function mountOf(mounts: readonly Mount[], path: ByteString): Mount | undefined {
  let best: Mount | undefined;
  for (const mount of mounts) {
    if (!isInside(path, mount.mountPoint)) continue;
    if (!best || mount.mountPoint.length >= best.mountPoint.length) best = mount;
  }
  return best;
}

/**
 * Where `path`, seen through `mount`, lies inside its filesystem: two paths with the same device and place are one
 * file, however they were bind-mounted.
 */
export function placeOnDevice(mount: Mount, path: ByteString): ByteString {
  const below = path.slice(mount.mountPoint === '/' ? 0 : mount.mountPoint.length);
  const place = (mount.root === '/' ? '' : mount.root) + (below === '/' ? '' : below);
  return (place === '' ? fromText('/') : place) as ByteString;
}
