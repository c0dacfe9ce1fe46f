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
import type { KnownPlace } from '../places/known-places.ts';
import type { Claims } from '../claims/claims.ts';
import type { Rule } from '../claims/rule.ts';

const MIB = 2 ** 20;
/** What to shrink it to: the largest that is at most half of what can be cleared. */
const TARGETS_MIB = [500, 200, 100, 50, 20, 10, 5, 2, 1];
/** What journald reserves for a file that it begins (FILE_SIZE_INCREASE in systemd's journal-file.c). */
const NEW_FILE_BYTES = 8 * MIB;

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
  const id = readMachineId();
  const other = othersThan(id, machines, facts);
  const archived = files.filter(isArchived);
  const isRuntime = place.path.startsWith('/run/');
  const isRunning =
    (facts.request.runningPrograms ?? runningPrograms)().has('systemd-journal') &&
    other === undefined &&
    isOwn(place.path);
  const vacuumed = machines.filter(({ name, path }) =>
    other === undefined ? isCleared(name, id) : path === other.path,
  );
  const own = isRunning ? id : undefined;
  const clearable = vacuumed.map((machine) => clearableBytes(machine, machine.name === own));
  const half = Math.max(0, ...clearable) / 2;
  const target = (TARGETS_MIB.find((mebibytes) => mebibytes * MIB <= half) ?? 1) * MIB;
  // Each machine's directory is cleared down to it by itself (journal_directory_vacuum in systemd).
  const freeableBytes = clearable.reduce((sum, bytes) => sum + Math.max(0, bytes - target), 0);
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
    actions:
      freeableBytes === 0
        ? []
        : [
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

/** Whether a vacuum of the whole journal reaches it: what was received from elsewhere and namespaces it passes over. */
function isCleared(name: ByteString, own: string | undefined): boolean {
  return own === undefined ? MACHINE_ID.test(name) : name === own;
}

const MACHINE_ID = /^[0-9a-f]{32}$/u;

/** Neither written to any more nor reserved ahead. */
function isArchived({ name }: DirectoryFile): boolean {
  return name.includes('@') || name.endsWith('~');
}

/** A vacuum clears archived files alone; what is being written becomes one where journald is told to begin a new file. */
function clearableBytes({ files, diskBytes }: Machine, isRotated: boolean): number {
  const archived = files.filter(isArchived);
  if (!isRotated) return sumOf(archived);
  return diskBytes - NEW_FILE_BYTES * (files.length - archived.length);
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

/**
 * What no vacuum clears: journals of a machine that was cloned or whose id was made anew, and those received from others
 * (systemd-journal-remote(8)); only where they are the most.
 */
function othersThan(
  own: string | undefined,
  machines: readonly Machine[],
  { worthBytes }: Facts,
): Machine | undefined {
  const [largest] = machines;
  const isOther = own !== undefined && largest !== undefined && !largest.name.startsWith(own);
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
