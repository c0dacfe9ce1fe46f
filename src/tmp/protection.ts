/** What must never be deleted, whatever its age: the first rule that forbids it, with its reason. */
import { isInside } from '../model/byte-string.ts';
import type { ByteString } from '../model/byte-string.ts';
import { toText } from '../model/byte-string.ts';
import type { Mount } from '../model/mount.ts';
import type { KeepReason } from '../model/tmp-report.ts';
import { LIFE_FLAG } from '../scan/scan.ts';
import type { Excluder } from '../system/files/exclude.ts';
import type { Candidate, UnitRoot } from './candidate.ts';
import type { Exclusion, Exclusions } from './exclusions.ts';
import type { NameRow } from './name-table.ts';
import type { TmpRequest } from './tmp-request.ts';

export interface Protected {
  readonly keepReason: KeepReason;
  readonly reason: string;
  readonly advice?: string;
}

/** What the rules look at beside the unit. */
export interface Surroundings {
  readonly request: TmpRequest;
  readonly exclusions: Exclusions;
  /** Undefined where nothing is to be kept. */
  readonly keep: Excluder | undefined;
  readonly mounts: readonly Mount[];
  /** This boot's id, without dashes. */
  readonly bootId: string | undefined;
}

/** Directories deeper than this are left alone, as systemd does (MAX_DEPTH). */
const MOST_LEVELS = 256;
const STICKY = 0o1000n;

/** Why the unit is protected; undefined where nothing forbids deleting it. */
export function protectionOf(
  unit: Candidate,
  root: UnitRoot,
  row: NameRow | undefined,
  around: Surroundings,
): Protected | undefined {
  return (
    keptByOption(unit, around) ??
    mountIn(unit, around.mounts) ??
    excludedByLine(unit, root, around) ??
    protectedName(unit, root, row, around) ??
    ownedBySomebodyElse(unit, root, around.request) ??
    holdsWhatMustStay(unit) ??
    userData(unit, root, row, around.request)
  );
}

function keptByOption({ path, name }: Candidate, { keep }: Surroundings): Protected | undefined {
  const directory = toText(path.slice(0, path.length - name.length) as ByteString);
  if (keep?.excludes(directory, toText(name)) !== true) return undefined;
  return { keepReason: 'keep-option', reason: 'kept by --keep' };
}

function mountIn({ path, flags }: Candidate, mounts: readonly Mount[]): Protected | undefined {
  const mount = mounts.find(({ mountPoint }) => isInside(mountPoint, path));
  if (mount) {
    const reason =
      mount.mountPoint === path ? `it is a mount point (${mount.type})` : `${mount.type} is mounted in it`;
    return { keepReason: 'mount', reason };
  }
  if ((flags & LIFE_FLAG.mount) === 0) return undefined;
  return { keepReason: 'other-device', reason: 'a part of it is on another mount' };
}

const wheres: Readonly<Record<Exclusion['where'], string>> = {
  itself: '',
  above: ' stands above it',
  inside: ' speaks of something in it',
};

function excludedByLine(
  { path }: Candidate,
  root: UnitRoot,
  { exclusions }: Surroundings,
): Protected | undefined {
  if (root.origin === 'catalogue') return undefined;
  const found = exclusions.find(path, root.path);
  if (!found) return undefined;
  const { line, where } = found;
  const text = toText(`${line.type}${line.bootOnly ? '!' : ''} ${line.path}` as ByteString);
  const meaning = line.bootOnly ? ', while the system starts only' : '';
  return {
    keepReason: 'tmpfiles-exclude',
    reason: `"${text}" in ${toText(line.source)}${wheres[where]}${meaning}`,
  };
}

function protectedName(
  { name }: Candidate,
  root: UnitRoot,
  row: NameRow | undefined,
  { bootId }: Surroundings,
): Protected | undefined {
  if (root.origin === 'catalogue') return undefined;
  if (bootId !== undefined && name.startsWith(`systemd-private-${bootId}-`)) {
    return { keepReason: 'protected-name', reason: 'private directory of a service of this boot' };
  }
  if (row?.verdict !== 'protect') return undefined;
  return { keepReason: 'protected-name', reason: `${row.what}: a name that is never deleted` };
}

/**
 * Deleting a directory that another principal expects to own lets anybody who can write there put his own in its
 * place: that alone was a way to become root (CVE-2026-3888).
 */
function ownedBySomebodyElse(
  unit: Candidate,
  root: UnitRoot,
  { uid, allUsers, system }: TmpRequest,
): Protected | undefined {
  const owner = Number(unit.stat.uid);
  const isRoot = uid === 0;
  if (unit.kind === 'directory' && root.isShared) {
    if (owner === 0 && !(isRoot && system)) {
      return {
        keepReason: 'other-owner',
        reason: 'a directory of root where everybody may create one in its place',
        ...(isRoot && { advice: "--system judges root's own directories too" }),
      };
    }
    if (owner !== uid && owner !== 0) {
      const reason = 'a directory of another user where everybody may create one in its place';
      return { keepReason: 'other-owner', reason };
    }
  }
  if (isRoot && allUsers) return undefined;
  if (owner !== uid) {
    return {
      keepReason: 'other-owner',
      reason: 'it belongs to another user',
      ...(isRoot && { advice: '--all-users judges what belongs to others too' }),
    };
  }
  if ((unit.flags & LIFE_FLAG.foreign) === 0) return undefined;
  return { keepReason: 'other-owner', reason: 'a part of it belongs to another user' };
}

function holdsWhatMustStay({ kind, flags, stat, height }: Candidate): Protected | undefined {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (kind === 'device' || has(LIFE_FLAG.device)) {
    return { keepReason: 'special-file', reason: itOrIn(kind === 'device', 'device node') };
  }
  if (kind === 'fifo' || has(LIFE_FLAG.fifo)) {
    return { keepReason: 'special-file', reason: itOrIn(kind === 'fifo', 'named pipe') };
  }
  const isSticky = kind !== 'directory' && (stat.mode & STICKY) !== 0n;
  if (isSticky || has(LIFE_FLAG.sticky)) {
    const reason = `${itOrIn(isSticky, 'file with the sticky bit')}, which asks to be kept`;
    return { keepReason: 'sticky-file', reason };
  }
  if (has(LIFE_FLAG.placeholder)) {
    const reason = 'it has placeholders of deleted files that are still open (.nfs, .fuse_hidden)';
    return { keepReason: 'protected-name', reason };
  }
  if (height >= MOST_LEVELS) {
    return { keepReason: 'depth', reason: `it is ${height + 1} directories deep` };
  }
  return undefined;
}

function itOrIn(itself: boolean, what: string): string {
  return itself ? `it is a ${what}` : `it has a ${what} in it`;
}

function userData(
  { entry, kind }: Candidate,
  root: UnitRoot,
  row: NameRow | undefined,
  { olderIsExplicit }: TmpRequest,
): Protected | undefined {
  // In a temporary directory its own table says what is known of a name; elsewhere the catalogue does.
  const isCatalogued = entry?.class === 'D' || (entry?.class === 'C' && root.origin !== 'temp');
  if (entry && isCatalogued) {
    const { what, advice, command } = entry;
    return {
      keepReason: 'user-data',
      reason: `${what}: nobody but you can say whether it may go`,
      ...((advice ?? command) !== undefined && { advice: advice ?? command! }),
    };
  }
  if (row?.verdict !== 'user' || kind !== 'file' || olderIsExplicit) return undefined;
  return {
    keepReason: 'user-data',
    reason: `${row.what}; it is kept until --older says how old is old enough`,
  };
}
