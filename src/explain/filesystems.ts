/** The filesystems under the scanned roots: how full they are, and what of it the scan accounts for. */
import type { Filesystem } from '../model/filesystem.ts';
import type { Mount } from '../model/mount.ts';
import { ABOVE_ROOTS } from '../model/tree.ts';
import type { RootResult, ScanResult } from '../model/scan-result.ts';
import type { Boundaries, Root } from '../scan/scan.ts';
import { readUsage } from '../system/filesystems.ts';

/** A filesystem with what was walked of it. */
interface Walked {
  readonly mount: Mount;
  bytes: number;
  whole: boolean;
}

/** One per device, in the order of the roots; then those entered by `--cross-mounts`. */
export function explainFilesystems(
  scan: ScanResult,
  roots: readonly Root[],
  { entered }: Boundaries,
): Filesystem[] {
  const walked = new Map<string, Walked>();
  const add = (mount: Mount, bytes: number, whole: boolean): void => {
    const known = walked.get(mount.device);
    if (!known) walked.set(mount.device, { mount, bytes, whole });
    else {
      known.bytes += bytes;
      known.whole ||= whole;
    }
  };
  const { diskBytes } = scan.tree.columns;
  for (const [index, root] of roots.entries()) {
    const { totals }: RootResult = scan.roots[index];
    if (root.mount) add(root.mount, totals.diskBytes, isWhole(root));
  }
  for (const mount of entered) {
    const directory = scan.tree.find(mount.mountPoint);
    if (directory === undefined) continue;
    // The mount point's bytes are part of those of the mount around it.
    const around = walked.get(
      entered.concat(roots.flatMap((root) => root.mount ?? [])).find((one) => one.id === mount.parentId)
        ?.device ?? '',
    );
    if (around) around.bytes -= diskBytes[directory];
    add(mount, diskBytes[directory], mount.root === '/');
  }
  // Roots on one filesystem may share hard links: above all roots each inode counts once.
  const [only] = walked.values();
  if (walked.size === 1 && only) only.bytes = diskBytes[ABOVE_ROOTS];
  return [...walked.values()].flatMap(({ mount, bytes, whole }) => filesystem(mount, bytes, whole));
}

function isWhole({ mount, path }: Root): boolean {
  return mount !== undefined && mount.mountPoint === path && mount.root === '/';
}

function filesystem(mount: Mount, bytes: number, whole: boolean): Filesystem[] {
  try {
    const { mountPoint, source, type } = mount;
    const scope = whole ? 'filesystem' : 'path';
    const ledger = {
      scope,
      accounts: [{ account: 'walked', bytes, complete: true, note: undefined, detail: [] }],
    } as const;
    return [{ mountPoint, device: source, type, ...readUsage(mountPoint), ledger }];
  } catch {
    return [];
  }
}
