/** The systemd journal: how much it keeps, how much it may, and how to have it keep less. */
import { ageText } from '../../model/age.ts';
import { isInside, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
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
import { countOf, quoted, shellWord } from './wording.ts';

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
      .flatMap((place) => findingOf(place, facts, claims) ?? []),
};

interface Machine {
  /** The directory's name: a machine's id, `remote`, or an id with a namespace. */
  readonly name: string;
  readonly path: ByteString;
  readonly files: readonly DirectoryFile[];
  readonly diskBytes: number;
}

function findingOf(place: KnownPlace, facts: Facts, claims: Claims): Finding | undefined {
  const machines = machinesIn(place, facts);
  const files = machines.flatMap((machine) => machine.files);
  const kept = files.reduce((sum, file) => sum + file.diskBytes, 0);
  if (kept < facts.worthBytes) return undefined;
  const { diskBytes, claimedBytes } = claims.directory(place.directory);
  const others = othersThan(readMachineId(), machines, facts);
  const target = TARGETS_MIB.find((mebibytes) => mebibytes * MIB <= kept / 2) ?? 1;
  const isRuntime = place.path.startsWith('/run/');
  const setting = isRuntime ? 'RuntimeMaxUse' : 'SystemMaxUse';
  const from = others === undefined ? '' : ` -D ${shellWord(others.path)}`;
  const freed = others?.diskBytes ?? kept;
  return {
    rule: 'journald',
    title: others === undefined ? 'systemd journal' : "another machine's journal",
    diskBytes,
    claimedBytes,
    freeableBytes: Math.max(0, freed - target * MIB),
    paths: [place.path, ...machines.slice(0, 5).map(({ path }) => path)],
    evidence: [
      contentText(files, facts),
      ...(others === undefined
        ? []
        : [
            `${sizeText(others.diskBytes)} are of ${others.name}, not of this machine: journald never clears them`,
          ]),
      limitText(setting, place, facts),
      ...(isRuntime ? ['it lies in memory, not on a disk'] : []),
    ],
    remedy: {
      text:
        others === undefined
          ? `keep ${target} MiB of it now, and set ${setting}= in /etc/systemd/journald.conf so that it stays small`
          : `keep ${target} MiB of what that machine wrote, or delete ${quoted(others.path)} if nobody needs it`,
      command: `journalctl${from} --rotate --vacuum-size=${target}M`,
    },
    risk: 'review',
  };
}

/** The directories of the journal that hold journals, the largest first. */
function machinesIn({ directory, path }: KnownPlace, { scan: { tree } }: Facts): Machine[] {
  return [...tree.children(directory)]
    .map((child) => {
      const name = tree.name(child);
      const machine = joinPath(path, name);
      const files = directoryFiles(machine).filter((file) => /\.journal~?$/u.test(file.name));
      return {
        name: quoted(name),
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

function contentText(files: readonly DirectoryFile[], { nowSeconds }: Facts): string {
  const archived = files.filter(({ name }) => name.includes('@') || name.endsWith('~'));
  const oldest = Math.min(...files.map(({ modifiedAt }) => modifiedAt));
  const bytes = archived.reduce((sum, file) => sum + file.diskBytes, 0);
  return `${countOf(files.length, 'journal file')}, ${countOf(archived.length, 'of them archived', 'of them archived')} (${sizeText(bytes)}); the oldest was last written ${ageText(Math.max(0, nowSeconds - oldest))} ago`;
}

function limitText(setting: string, { path }: KnownPlace, { roots, filesystems }: Facts): string {
  const settings = readJournalSettings();
  const limit = settings.get(setting);
  const free = settings.get(setting.replace('MaxUse', 'KeepFree'));
  const keeps =
    free === undefined
      ? ''
      : `; ${setting.replace('MaxUse', 'KeepFree')}=${sizeText(free.bytes)} must stay free`;
  if (limit !== undefined)
    return `it may take ${sizeText(limit.bytes)} (${setting}= in ${quoted(limit.configuration)})${keeps}`;
  const filesystem =
    filesystems
      .filter(({ mountPoint }) => isInside(path, mountPoint))
      .toSorted((a, b) => b.mountPoint.length - a.mountPoint.length)[0] ??
    roots.find((root) => isInside(path, root.path))?.filesystem;
  if (filesystem === undefined) return `${setting}= is not set${keeps}`;
  const most = defaultJournalBytes('MaxUse', filesystem.totalBytes);
  return `it may take ${sizeText(most)}: ${setting}= is not set, so a tenth of the filesystem and 4 GiB at most${keeps}`;
}
