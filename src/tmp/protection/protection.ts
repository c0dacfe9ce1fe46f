/** The door of the floor: what must never be deleted, whatever its age; the first rule that forbids it, as a reason. */
import { fromText, isInside } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { fileIdOfStats } from '../../model/file-id.ts';
import type { FileId } from '../../model/file-id.ts';
import type { Mount } from '../../model/mount.ts';
import { isQuarantineName } from '../../model/quarantine-name.ts';
import type { TmpReason } from '../../model/tmp-reason.ts';
import { LIFE_FLAG } from '../../scan/scan.ts';
import type { NameRow } from '../names/names.ts';
import type { UnitRoot } from '../roots/roots.ts';
import type { ProposedAdvice } from '../judged-unit.ts';
import type { TmpRequest } from '../tmp-request.ts';
import type { Candidate } from '../units/units.ts';
import { isInQuarantine } from './in-quarantine.ts';
import type { Exclusion, Exclusions } from './exclusions.ts';
import type { Keeps } from './keeps.ts';

export { Exclusions } from './exclusions.ts';
export { Keeps } from './keeps.ts';

export interface Protected {
  readonly reason: TmpReason;
  readonly advice?: ProposedAdvice;
}

/** What the rules look at beside the unit. */
export interface Surroundings {
  readonly request: TmpRequest;
  readonly exclusions: Exclusions;
  readonly keeps: Keeps;
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
  const reason =
    keptByOption(unit, root, around) ??
    mountIn(unit, around.mounts) ??
    excludedByLine(unit, root, around) ??
    protectedName(unit, root, row, around);
  if (reason) return { reason };
  const others = ownedBySomebodyElse(unit, root, around.request);
  if (others) return others;
  const special = holdsWhatMustStay(unit);
  return special ? { reason: special } : userData(unit, root, row, around.request);
}

function keptByOption(
  { path, flags, kept, named }: Candidate,
  root: UnitRoot,
  { keeps }: Surroundings,
): TmpReason | undefined {
  const because = (pattern: string | undefined, entry?: ByteString): TmpReason => ({
    code: 'keep-option',
    pattern: pattern === undefined ? undefined : fromText(pattern),
    entry: entry === path ? undefined : entry,
  });
  const own = keeps.around(root.path) ?? keeps.fitting(path);
  if (own !== undefined) return because(own);
  const [entry] = kept;
  if (entry !== undefined) return because(keeps.fitting(entry), entry);
  const byId = named.map((id) => keeps.ids.get(id)).find((pattern) => pattern !== undefined);
  if (byId !== undefined) return because(byId);
  return (flags & (LIFE_FLAG.kept | LIFE_FLAG.excluded)) === 0 ? undefined : because(undefined);
}

function mountIn({ path, flags }: Candidate, mounts: readonly Mount[]): TmpReason | undefined {
  const mount = mounts.find(({ mountPoint }) => isInside(mountPoint, path));
  if (mount) return { code: 'mount', filesystemType: mount.type, inside: mount.mountPoint !== path };
  return (flags & LIFE_FLAG.mount) === 0 ? undefined : { code: 'other-device' };
}

function excludedByLine(
  { path, named, stat }: Candidate,
  root: UnitRoot,
  { exclusions }: Surroundings,
): TmpReason | undefined {
  if (root.origin === 'catalogue') return undefined;
  const found = exclusions.find(path, root.path) ?? exclusionById(named, fileIdOfStats(stat), exclusions);
  if (!found) return undefined;
  const { type, bootOnly, path: pattern, source } = found.line;
  return { code: 'tmpfiles-exclude', lineType: type, bootOnly, pattern, source, where: found.where };
}

/** By what a line names now, whatever it is called here. */
function exclusionById(named: readonly FileId[], own: FileId, { ids }: Exclusions): Exclusion | undefined {
  for (const id of named) {
    const line = ids.get(id);
    if (line) return { line, where: id === own ? 'itself' : 'inside' };
  }
  return undefined;
}

function protectedName(
  { name, kind }: Candidate,
  root: UnitRoot,
  row: NameRow | undefined,
  { bootId, mounts }: Surroundings,
): TmpReason | undefined {
  const isAside = (kind === 'directory' && isQuarantineName(name)) || isInQuarantine(root.path, mounts);
  if (isAside) return { code: 'quarantine' };
  if (root.origin === 'catalogue') return undefined;
  if (bootId !== undefined && name.startsWith(`systemd-private-${bootId}-`))
    return { code: 'service-directory' };
  return row?.verdict === 'protect' ? { code: 'protected-name', what: row.what } : undefined;
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
      const reason: TmpReason = { code: 'shared-directory', ofRoot: true };
      return isRoot ? { reason, advice: { code: '--system' } } : { reason };
    }
    if (owner !== uid && owner !== 0) return { reason: { code: 'shared-directory', ofRoot: false } };
  }
  if (isRoot && allUsers) return undefined;
  if (owner !== uid) {
    const reason: TmpReason = { code: 'other-owner', inside: false };
    return isRoot ? { reason, advice: { code: '--all-users' } } : { reason };
  }
  return (unit.flags & LIFE_FLAG.foreign) === 0
    ? undefined
    : { reason: { code: 'other-owner', inside: true } };
}

function holdsWhatMustStay({ kind, flags, stat, height }: Candidate): TmpReason | undefined {
  const has = (flag: number): boolean => (flags & flag) !== 0;
  for (const type of ['device', 'fifo'] as const) {
    if (kind === type || has(LIFE_FLAG[type])) return { code: 'special-file', type, inside: kind !== type };
  }
  const isSticky = kind !== 'directory' && (stat.mode & STICKY) !== 0n;
  if (isSticky || has(LIFE_FLAG.sticky)) return { code: 'sticky-file', inside: !isSticky };
  if (has(LIFE_FLAG.placeholder)) return { code: 'placeholder' };
  return height >= MOST_LEVELS ? { code: 'depth', levels: height + 1 } : undefined;
}

function userData(
  { entry, kind, path }: Candidate,
  root: UnitRoot,
  row: NameRow | undefined,
  { olderIsExplicit }: TmpRequest,
): Protected | undefined {
  // In a temporary directory its own table says what is known of a name; elsewhere the catalogue does.
  const isCatalogued = entry?.class === 'D' || (entry?.class === 'C' && root.origin !== 'temp');
  if (entry && isCatalogued) {
    const { what, advice, command } = entry;
    const reason: TmpReason = { code: 'somebodys-data', what };
    const isSilent = advice === undefined && command === undefined;
    return isSilent ? { reason } : { reason, advice: { code: 'owner', entry, place: path } };
  }
  return row?.verdict === 'user' && kind === 'file' && !olderIsExplicit
    ? { reason: { code: 'large-file', what: row.what } }
    : undefined;
}
