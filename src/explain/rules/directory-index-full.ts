/** ext4 directories that take no more names: the hashed index has a depth, and large_dir is off by default. */
import { realpathSync } from 'node:fs';
import { baseName, fromText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { inodeNumber } from '../../model/file-id.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Proposal } from '../../model/finding.ts';
import { namedFile } from '../../system/files/named-file.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { readKernelLog } from '../../system/processes/kernel-log.ts';
import type { Facts } from '../facts.ts';
import { directEntries, highest } from './direct-entries.ts';
import type { Rule } from '../claims/rule.ts';

/** fs/ext4/namei.c, ext4_dx_add_entry(); since Linux 4.13 with the inode. */
const WARNING = /EXT4-fs warning \(device ([^)]+)\).*?[Dd]irectory (?:\(ino: (\d+)\) )?index full/u;
/** Nothing with fewer names can be meant: the index of 1 KiB blocks holds more. */
const LEAST_NAMES = 5000;
const MOST_CANDIDATES = 50;

interface Crowded {
  readonly path: ByteString;
  readonly entries: number;
  readonly inode: string;
}

export const directoryIndexFull: Rule = {
  name: 'directory-index-full',
  find: (facts) => {
    const ext4 = facts.filesystems.filter(({ type }) => type === 'ext4');
    const crowded = ext4.length === 0 ? [] : crowdedIn(facts);
    if (crowded.length === 0) return [];
    // Reading the kernel's log costs some milliseconds: only where a directory could be meant.
    const log = readKernelLog();
    return ext4.flatMap((filesystem) => {
      const device = kernelName(filesystem, facts);
      const own = device === undefined ? [] : warningsOf(device, log);
      const meant = crowded.find(
        ({ path, inode }) =>
          mountOf(facts.mounts, path)?.mountPoint === filesystem.mountPoint &&
          own.some((warning) => warning.inode === undefined || warning.inode === inode),
      );
      return meant === undefined ? [] : [proposalOf(filesystem, meant, own.length)];
    });
  },
};

/** Since the filesystem was mounted: before, another one may have borne the device's name. */
function warningsOf(device: string, log: readonly string[]): { readonly inode: string | undefined }[] {
  const mounted = log.findLastIndex((line) => line.startsWith(`EXT4-fs (${device}): mounted filesystem`));
  return log.slice(mounted + 1).flatMap((line) => {
    const found = WARNING.exec(line);
    return found?.[1] === device ? [{ inode: found[2] }] : [];
  });
}

function crowdedIn({ scan: { tree } }: Facts): Crowded[] {
  const { files } = directEntries(tree);
  return highest(files, MOST_CANDIDATES, LEAST_NAMES).flatMap((directory) => {
    const path = tree.path(directory);
    const id = namedFile(path)?.id;
    return id === undefined ? [] : [{ path, entries: files[directory], inode: inodeNumber(id) }];
  });
}

/** As the kernel's messages call it: "vda1", "dm-0". */
function kernelName({ mountPoint }: Filesystem, { mounts }: Facts): string | undefined {
  const mount = mounts.find((one) => one.mountPoint === mountPoint);
  try {
    return mount && baseName(fromText(realpathSync(`/sys/dev/block/${mount.device}`)));
  } catch {
    return undefined;
  }
}

function proposalOf(
  { device, mountPoint, availableBytes }: Filesystem,
  { path, entries }: Crowded,
  warnings: number,
): Proposal {
  return {
    rule: 'directory-index-full',
    device,
    mountPoint,
    availableBytes,
    directory: path,
    entries,
    warnings,
    diskBytes: 0,
    claimedBytes: 0,
    freeableBytes: 0,
    paths: [path],
    actions: [
      {
        kind: 'grow',
        argv: ['tune2fs', '-O', 'large_dir', device] as ByteString[],
        frees: { bytes: 0, certainty: 'exact' },
        loses: 'nothing',
        risk: 'review',
        needs: { root: true },
      },
    ],
    risk: 'review',
    urgent: true,
  };
}
