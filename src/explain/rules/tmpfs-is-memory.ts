/** Files on a tmpfs lie in memory: they fill no disk, and deleting them gives memory back. */
import { namedFile } from '../../system/files/named-file.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { readMemory } from '../../system/machine/memory.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { Proposal } from '../../model/finding.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from '../claims/claims.ts';
import type { Rule } from '../claims/rule.ts';

export const tmpfsIsMemory: Rule = {
  name: 'tmpfs-is-memory',
  find: (facts, claims) =>
    facts.filesystems.flatMap((filesystem) => {
      const { type } = filesystem;
      return type === 'tmpfs' || type === 'ramfs' ? proposalsFor(filesystem, type, facts, claims) : [];
    }),
};

const MOST_FILES = 3;
const MOST_PROCESSES = 3;

function proposalsFor(
  filesystem: Filesystem,
  type: 'tmpfs' | 'ramfs',
  facts: Facts,
  claims: Claims,
): Proposal[] {
  const { mountPoint } = filesystem;
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
      type,
      mountPoint,
      memory: memoryNow(),
      largest: files.map((file) => ({
        path: file.path,
        diskBytes: file.diskBytes,
        mappedBy: mappersOf(file, facts),
      })),
      diskBytes: bytes,
      claimedBytes,
      // Not a byte of any disk.
      freeableBytes: 0,
      paths: directories.map((directory) => scan.tree.path(directory)),
      actions: [],
      risk: 'review',
    },
  ];
}

function mappersOf({ path }: RankedFile, { openFiles }: Facts): ProcessIdentity[] {
  const id = namedFile(path)?.id;
  const holds = (id === undefined ? undefined : openFiles.files.get(id)?.holds) ?? [];
  const pids = new Set(holds.filter(({ kind }) => kind === 'mapping').map(({ pid }) => pid));
  return [...pids].slice(0, MOST_PROCESSES).flatMap((pid) => readProcess(pid) ?? []);
}

function memoryNow(): Extract<Proposal, { readonly rule: 'tmpfs-is-memory' }>['memory'] {
  const memory = readMemory();
  if (memory === undefined) return undefined;
  const { sharedBytes, totalBytes, availableBytes } = memory;
  return { sharedBytes, totalBytes, availableBytes };
}
