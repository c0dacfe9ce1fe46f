/** The systemd journal: how much it keeps, how much it may, and how to have it keep less. */
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { JournaldFacts } from '../../model/findings/journald.ts';
import { runningPrograms } from '../../system/processes/running-programs.ts';
import { directoryFiles } from '../../system/directories/directory-files.ts';
import type { DirectoryFile } from '../../system/directories/directory-files.ts';
import {
  defaultJournalBytes,
  readJournalSettings,
  readMachineId,
} from '../../system/services/journald-limits.ts';
import type { Facts } from '../facts.ts';
import type { KnownPlace } from '../known-places.ts';
import type { Claims } from './claims.ts';
import type { Rule } from './rule.ts';

const MIB = 2 ** 20;
/** What to shrink it to: the largest that is at most half of it. */
const TARGETS_MIB = [500, 200, 100, 50, 10, 1];

export const journald: Rule = {
  name: 'journald',
  find: (facts, claims) =>
    facts.places
      .filter(
        ({ entry, directory }) =>
          entry.id === 'systemd-journal' && claims.unclaimedBytes(directory) >= facts.worthBytes,
      )
      .flatMap((place) => proposalOf(place, facts, claims) ?? []),
};

interface Machine {
  /** The directory's name: a machine's id, `remote`, or an id with a namespace. */
  readonly name: ByteString;
  readonly path: ByteString;
  readonly files: readonly DirectoryFile[];
  readonly diskBytes: number;
}

function proposalOf(place: KnownPlace, facts: Facts, claims: Claims): Proposal | undefined {
  const machines = machinesIn(place, facts);
  const files = machines.flatMap((machine) => machine.files);
  const kept = sumOf(files);
  if (kept < facts.worthBytes) return undefined;
  const other = othersThan(readMachineId(), machines, facts);
  const target = (TARGETS_MIB.find((mebibytes) => mebibytes * MIB <= kept / 2) ?? 1) * MIB;
  const archived = files.filter(({ name }) => name.includes('@') || name.endsWith('~'));
  const isRuntime = place.path.startsWith('/run/');
  const isRunning =
    (facts.request.runningPrograms ?? runningPrograms)().has('systemd-journal') &&
    other === undefined &&
    isOwn(place.path);
  // Without journald nobody archives the active files, and only archived ones can be cleared.
  const clearable = isRunning ? kept : sumOf(archived);
  const freeableBytes = Math.max(0, Math.min((other?.diskBytes ?? kept) - target, clearable));
  return {
    rule: 'journald',
    directory: place.path,
    files: files.length,
    archived: archived.length,
    archivedBytes: sumOf(archived),
    oldestAt: Math.min(...files.map(({ modifiedAt }) => modifiedAt)),
    isRuntime,
    isRunning,
    other: other && { name: other.name, path: other.path, diskBytes: other.diskBytes },
    limit: limitOf(isRuntime ? 'RuntimeMaxUse' : 'SystemMaxUse', place, facts),
    targetBytes: target,
    ...claims.directory(place.directory),
    freeableBytes,
    paths: [place.path, ...machines.slice(0, 5).map(({ path }) => path)],
    actions: [
      {
        kind: 'vacuum-journal',
        directory: other?.path ?? (isOwn(place.path) ? undefined : place.path),
        keepBytes: target,
        rotate: isRunning,
        frees: { bytes: freeableBytes, certainty: 'at-least' },
        loses: 'log-lines',
        risk: 'review',
        needs: { root: true },
      },
    ],
    risk: 'review',
  };
}

/** Where this system's journald writes (systemd-journald.service(8)). */
function isOwn(path: ByteString): boolean {
  return path === '/var/log/journal' || path === '/run/log/journal';
}

function sumOf(files: readonly DirectoryFile[]): number {
  return files.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

/** The directories of the journal that hold journals, the largest first. */
function machinesIn({ directory, path }: KnownPlace, { scan: { tree } }: Facts): Machine[] {
  return [...tree.children(directory)]
    .map((child) => {
      const name = tree.name(child);
      const machine = joinPath(path, name);
      const files = directoryFiles(machine).filter((file) => /\.journal~?$/u.test(file.name));
      return {
        name,
        path: machine,
        files,
        diskBytes: files.reduce((sum, file) => sum + file.diskBytes, 0),
      };
    })
    .filter(({ diskBytes }) => diskBytes > 0)
    .toSorted((a, b) => b.diskBytes - a.diskBytes);
}

/** A machine that was cloned, or whose id was made anew, leaves journals that nobody clears; only where they are the most. */
function othersThan(
  own: string | undefined,
  machines: readonly Machine[],
  { worthBytes }: Facts,
): Machine | undefined {
  const [largest] = machines;
  const isOther = own !== undefined && /^[0-9a-f]{32}$/u.test(largest.name) && largest.name !== own;
  return isOther && largest.diskBytes >= worthBytes ? largest : undefined;
}

function limitOf(
  setting: JournaldFacts['limit']['setting'],
  { path }: KnownPlace,
  { roots, filesystems }: Facts,
): JournaldFacts['limit'] {
  const settings = readJournalSettings();
  const limit = settings.get(setting);
  const keepFreeBytes = settings.get(setting.replace('MaxUse', 'KeepFree'))?.bytes;
  if (limit !== undefined)
    return { setting, bytes: limit.bytes, configuration: limit.configuration, keepFreeBytes };
  const filesystem =
    filesystems
      .filter(({ mountPoint }) => isInside(path, mountPoint))
      .toSorted((a, b) => b.mountPoint.length - a.mountPoint.length)[0] ??
    roots.find((root) => isInside(path, root.path))?.filesystem;
  const bytes = filesystem && defaultJournalBytes('MaxUse', filesystem.totalBytes);
  return { setting, bytes, configuration: undefined, keepFreeBytes };
}
