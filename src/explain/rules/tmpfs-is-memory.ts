/** Files on a tmpfs lie in memory: they fill no disk, and deleting them gives memory back. */
import { namedFile } from '../../system/files/named-file.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { readMemory } from '../../system/machine/memory.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Finding } from '../../model/finding.ts';
import { processName } from '../../model/process.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { sizeText } from '../../model/size.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';
import type { Rule } from './rule.ts';
import { quoted } from './wording.ts';

export const tmpfsIsMemory: Rule = {
  name: 'tmpfs-is-memory',
  find: (facts, claims) =>
    facts.filesystems
      .filter(({ type }) => type === 'tmpfs' || type === 'ramfs')
      .flatMap((filesystem) => findingOf(filesystem, facts, claims)),
};

const MOST_FILES = 3;
const MOST_PROCESSES = 3;

function findingOf(filesystem: Filesystem, facts: Facts, claims: Claims): Finding[] {
  const { mountPoint, type } = filesystem;
  const { scan, mounts, roots, worthBytes } = facts;
  const below = scan.tree.find(mountPoint);
  const directories =
    below === undefined
      ? roots.filter((root) => root.filesystem === filesystem).map(({ directory }) => directory)
      : [below];
  const { diskBytes } = scan.tree.columns;
  const bytes = directories.reduce((sum, directory) => sum + diskBytes[directory], 0);
  if (bytes < worthBytes) return [];
  let claimedBytes = 0;
  for (const directory of directories) claimedBytes += claims.directory(directory).claimedBytes;
  const files = scan.largestFiles
    .filter(({ path }) => mountOf(mounts, path)?.mountPoint === mountPoint)
    .slice(0, MOST_FILES);
  return [
    {
      rule: 'tmpfs-is-memory',
      title: `${type} takes memory`,
      diskBytes: bytes,
      claimedBytes,
      // Not a byte of any disk.
      freeableBytes: 0,
      paths: directories.map((directory) => scan.tree.path(directory)),
      evidence: [
        `${sizeText(bytes)} of files on ${quoted(mountPoint)} lie in memory${type === 'tmpfs' ? ' (or swap)' : ''}, not on a disk${memoryText()}`,
        ...files.map((file) => fileText(file, facts)),
      ],
      remedy: {
        text: 'deleting files there frees memory, no disk space; one that a process maps stays in memory until the process ends',
        command: undefined,
      },
      risk: 'review',
    },
  ];
}

/** What all of them take, and what is left. */
function memoryText(): string {
  const memory = readMemory();
  if (memory === undefined) return '';
  const { sharedBytes, availableBytes, totalBytes } = memory;
  return `; of all tmpfs and shared memory Shmem counts ${sizeText(sharedBytes)} of ${sizeText(totalBytes)}, MemAvailable is ${sizeText(availableBytes)}`;
}

function fileText({ path, diskBytes }: RankedFile, { openFiles }: Facts): string {
  const id = namedFile(path)?.id;
  const holds = (id === undefined ? undefined : openFiles.files.get(id)?.holds) ?? [];
  const pids = new Set(holds.filter(({ kind }) => kind === 'mapping').map(({ pid }) => pid));
  const mappers = [...pids].slice(0, MOST_PROCESSES).flatMap((pid) => readProcess(pid) ?? []);
  const who = mappers.map((one) => `${processName(one)} (pid ${one.pid}, SHR ${sizeText(one.sharedBytes)})`);
  return `${sizeText(diskBytes)} in ${quoted(path)}${who.length === 0 ? '' : `, mapped by ${who.join(', ')}`}`;
}
