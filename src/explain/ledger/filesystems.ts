/** The filesystems under the scanned roots: how full they are, and the ledger of each. */
import { isInside } from '../../model/byte-string.ts';
import type { Filesystem, Usage } from '../../model/filesystem.ts';
import type { DeletedFile, HiddenTree } from '../../model/ledger.ts';
import type { Mount } from '../../model/mount.ts';
import type { OpenFiles } from '../../model/process.ts';
import type { ScanResult } from '../../model/scan-result.ts';
import { ABOVE_ROOTS } from '../../model/tree.ts';
import type { Boundaries, Root, ScanHooks } from '../../scan/scan.ts';
import { kernelReserveBytes } from '../../system/filesystems/ext4-reserve.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { deletedFilesOn } from './deleted-files.ts';
import { kernelHeldFilesOn } from './kernel-held.ts';
import { findHiddenTrees } from './hidden-trees.ts';
import { makeLedger } from './ledger.ts';

/** A filesystem with what was walked of it. */
interface Walked {
  readonly mount: Mount;
  bytes: number;
  isWhole: boolean;
}

/** What the ledgers are made from. */
export interface FilesystemFacts {
  readonly scan: ScanResult;
  readonly roots: readonly Root[];
  readonly boundaries: Boundaries;
  /** The whole mount table, and what of it can be reached. */
  readonly mounts: readonly Mount[];
  readonly visible: readonly Mount[];
  readonly openFiles: OpenFiles;
  readonly nowSeconds: number;
  readonly isRoot: boolean;
}

/** What no tree shows, beside the filesystems it was found on. */
export interface ExplainedFilesystems {
  readonly filesystems: readonly Filesystem[];
  readonly deletedFiles: readonly DeletedFile[];
  readonly hiddenTrees: readonly HiddenTree[];
}

/** One per device, in the order of the roots; then those entered by `--cross-mounts`. */
export async function explainFilesystems(
  facts: FilesystemFacts,
  signal: ScanHooks['signal'],
): Promise<ExplainedFilesystems> {
  const filesystems: Filesystem[] = [];
  const deletedFiles: DeletedFile[] = [];
  const hiddenTrees: HiddenTree[] = [];
  for (const walked of walkedFilesystems(facts)) {
    const { mount, bytes, isWhole } = walked;
    let usage;
    try {
      usage = readUsage(mount.mountPoint);
    } catch {
      continue;
    }
    const { scan, mounts, visible, openFiles, nowSeconds } = facts;
    const deleted = deletedFilesOn(mount, openFiles, visible);
    const kernelHeld = kernelHeldFilesOn(mount, deleted, visible, scan.nameless.get(mount.mountPoint));
    const hidden = await findHiddenTrees(mount, mounts, nowSeconds, signal);
    const ledger = makeLedger({
      mount,
      usage,
      walkedBytes: bytes,
      interrupted: scan.interrupted,
      isUncommitted: scan.uncommitted.includes(mount.mountPoint),
      excluded: scan.excluded,
      isWhole,
      deletedFiles: deleted,
      kernelHeld,
      openFiles,
      isRoot: facts.isRoot,
      hidden,
      problems: scan.problems.items.filter(({ path }) => mountOf(visible, path)?.device === mount.device),
    });
    const { mountPoint, source, type } = mount;
    const reservedBytes = rootReserveBytes(mount, usage);
    filesystems.push({ mountPoint, device: source, type, ...usage, reservedBytes, ledger, btrfs: undefined });
    deletedFiles.push(...deleted);
    hiddenTrees.push(...hidden.trees);
  }
  return { filesystems, deletedFiles, hiddenTrees };
}

/** Of what is free and not available, the part that root may write: ext4 and btrfs keep some from everybody. */
function rootReserveBytes(mount: Mount, { reservedBytes }: Usage): number {
  if (mount.type === 'btrfs') return 0;
  return mount.type === 'ext4' ? Math.max(0, reservedBytes - kernelReserveBytes(mount)) : reservedBytes;
}

function walkedFilesystems({ scan, roots, boundaries }: FilesystemFacts): Walked[] {
  const { entered } = boundaries;
  const walked = new Map<string, Walked>();
  const add = (mount: Mount, bytes: number, isWhole: boolean): void => {
    const known = walked.get(mount.device);
    if (!known) walked.set(mount.device, { mount, bytes, isWhole });
    else {
      known.bytes += bytes;
      known.isWhole ||= isWhole;
    }
  };
  const { diskBytes } = scan.tree.columns;
  for (const [index, root] of roots.entries()) {
    if (root.mount) add(root.mount, scan.roots[index].totals.diskBytes, isWholeRoot(root));
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
    add(mount, diskBytes[directory], isWholeMount(mount));
  }
  // Roots on one filesystem may share hard links: above all roots each inode counts once.
  const [only] = walked.values();
  if (walked.size === 1 && only) only.bytes = diskBytes[ABOVE_ROOTS];
  return [...walked.values()];
}

function isWholeRoot({ mount, path }: Root): boolean {
  return mount !== undefined && isInside(mount.mountPoint, path) && isWholeMount(mount);
}

/** An overlay shows a mixture of filesystems and reports the fullness of one of them. */
function isWholeMount({ root, type }: Mount): boolean {
  return root === '/' && type !== 'overlay';
}
