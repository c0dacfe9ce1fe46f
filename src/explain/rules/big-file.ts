/** What is left and large: files, and files of one form, that no rule before knew a reason for. Runs last, and only looks. */
import type { Action } from '../../model/action.ts';
import { fromText, parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { FileContent } from '../../model/findings/file-content.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { isPackaged } from '../../remedies/remedies.ts';
import { readDiskFiles } from '../../system/disks/disk-files.ts';
import type { DiskFile } from '../../system/disks/disk-files.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { NamedFile } from '../../system/files/named-file.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Facts } from '../facts.ts';
import { formOfPath } from '../files/name-form.ts';
import { programPlaceOf } from '../places/program-place.ts';
import type { Claims } from '../claims/claims.ts';
import { fileContent } from './file-content.ts';
import { looking } from '../claims/looking.ts';
import { isHypervisor, machineOf } from './machine-of.ts';
import { NamedPlaces } from './named-place.ts';
import { packageQuery } from './package-owner.ts';
import type { Rule } from '../claims/rule.ts';

export const bigFile: Rule = {
  name: 'big-file',
  find: (facts, claims) => {
    const left = facts.scan.largestFiles.filter((file) => !claims.isFileClaimed(file));
    const groups = groupsOf(left, facts);
    if (groups.length === 0) return [];
    const machine = { disks: readDiskFiles(), named: new NamedPlaces() };
    return groups.slice(0, MOST_FINDINGS).flatMap((group) => proposalOf(group, machine, facts, claims) ?? []);
  },
};

/** What the kernel's NFS client calls them: .nfs, the file's number and a counter in hexadecimal (fs/nfs/unlink.c). */
const REMOVED_BY_CLIENT = /^\.nfs[\da-f]{24}$/u;
const MOST_FINDINGS = 10;
const USED_SHARE = 0.01;
const MOST_HOLDERS = 3;
/** Of fewer each stands for itself. */
const LEAST_ALIKE = 3;
/** Smaller ones are counted by their directory (many-files). */
const LEAST_ALIKE_BYTES = 2 ** 20;

/** Files of one form as one, and large files of no form with others by themselves: the largest first. */
function groupsOf(files: readonly RankedFile[], facts: Facts): RankedFile[][] {
  const large = files.filter(({ diskBytes }) => diskBytes >= LEAST_ALIKE_BYTES);
  const forms = [...Map.groupBy(large, (file) => formOfPath(file.path) ?? file.path).values()];
  const groups = forms.flatMap((group) =>
    group.length >= LEAST_ALIKE ? [group] : group.map((one) => [one]),
  );
  return groups
    .filter((group) => sumOf(group) >= leastBytes(group[0], facts))
    .toSorted((a, b) => sumOf(b) - sumOf(a));
}

function sumOf(group: readonly RankedFile[]): number {
  return group.reduce((sum, { diskBytes }) => sum + diskBytes, 0);
}

/** A file is large by what its filesystem holds, or by what was looked at of it. */
function leastBytes({ path }: RankedFile, { filesystems, mounts, scan, worthBytes }: Facts): number {
  const mountPoint = mountOf(mounts, path)?.mountPoint;
  const used = filesystems.find((one) => one.mountPoint === mountPoint)?.usedBytes ?? 0;
  const lookedAt = scan.roots.reduce((sum, root) => sum + scan.tree.columns.diskBytes[root.directory], 0);
  return Math.max(worthBytes, Math.min(used, lookedAt) * USED_SHARE);
}

function proposalOf(
  group: readonly RankedFile[],
  { disks, named }: { readonly disks: readonly DiskFile[]; readonly named: NamedPlaces },
  facts: Facts,
  claims: Claims,
): Proposal | undefined {
  const [largest] = group;
  const itself = namedFile(largest.path);
  if (itself === undefined) return undefined;
  const claimedBytes = group.reduce((sum, file) => sum + claims.file(file).claimedBytes, 0);
  // Other names of files that were claimed already.
  if (claimedBytes === 0) return undefined;
  const user = disks.find(({ id }) => id === itself.id)?.user;
  const pids = holdersOf(itself, facts);
  const holders = pids.slice(0, MOST_HOLDERS).flatMap((pid) => readProcess(pid) ?? []);
  const content = contentOf(largest.path, holders);
  const times = group.map(({ modifiedAt }) => modifiedAt);
  const use = { isHeld: pids.length > 0 || user !== undefined };
  return {
    rule: 'big-file',
    count: group.length,
    form: group.length === 1 ? largest.path : fromText(formOfPath(largest.path) ?? ''),
    content,
    uid: itself.uid,
    owner: facts.accounts.find(({ uid }) => uid === itself.uid)?.name,
    oldestAt: Math.min(...times),
    newestAt: Math.max(...times),
    holders,
    moreHolders: pids.length - holders.length,
    machine: holders.map(machineOf).find((name) => name !== undefined),
    namedPlace: named.of(largest.path),
    kernelUser: user === undefined ? undefined : fromText(user),
    links: group.length === 1 ? largest.links : 1,
    place: programPlaceOf(
      largest.path,
      facts.accounts.map(({ home }) => home),
    ),
    isRemovedByClient: REMOVED_BY_CLIENT.test(largest.name),
    isPackaged: isPackaged(largest.path),
    diskBytes: sumOf(group),
    claimedBytes,
    // Of unknown meaning: what may go, a person decides after a look.
    freeableBytes: content?.kind === 'log' && use.isHeld ? largest.diskBytes : 0,
    paths: group.map(({ path }) => path),
    actions:
      user !== undefined
        ? []
        : actionsFor(largest, content, use, mountOf(facts.mounts, largest.path)?.mountPoint),
    risk: isPrecious(content, use) || isPackaged(largest.path) ? 'never' : 'review',
  };
}

/** What a hypervisor holds open and nothing else tells is a disk of its machine. */
function contentOf(path: ByteString, holders: readonly ProcessIdentity[]): FileContent | undefined {
  const content = fileContent(path);
  const isDisk = content === undefined && holders.some(isHypervisor);
  return isDisk ? { kind: 'disk-image', format: 'raw-disk-image' } : content;
}

interface Use {
  readonly isHeld: boolean;
}

function isPrecious(content: FileContent | undefined, { isHeld }: Use): boolean {
  return (
    content?.kind === 'database' ||
    content?.kind === 'git-objects' ||
    content?.kind === 'mail' ||
    (content?.kind === 'disk-image' && isHeld)
  );
}

/** Processes that have it open. */
function holdersOf({ id }: NamedFile, { openFiles }: Facts): number[] {
  return [...new Set(openFiles.files.get(id)?.holds.map(({ pid }) => pid))];
}

/** Looks at what it is, and nothing else: the owner's command only where the file is the owner's whole store. */
function actionsFor(
  { path, links, diskBytes }: RankedFile,
  content: FileContent | undefined,
  { isHeld }: Use,
  mountPoint: ByteString = parentPath(path),
): Action[] {
  if (isPackaged(path)) return packageQuery(path);
  if (links > 1) return [looking('find', mountPoint, '-xdev', '-samefile', path)];
  if (content?.format === 'sqlite-database') return [vacuum(path)];
  if (content?.format === 'systemd-journal') return [looking('journalctl', '--header', '--file', path)];
  if (content?.kind === 'program') return packageQuery(path);
  if (content?.kind === 'log' && isHeld) return [emptying(path, diskBytes)];
  return content === undefined ? [looking('file', path)] : [looking('ls', '-la', path)];
}

function vacuum(path: ByteString): Action {
  return {
    kind: 'owner-command',
    owner: 'sqlite',
    argv: ['sqlite3', path, 'VACUUM'] as ByteString[],
    actsOn: 'path',
    hasBlanks: false,
    frees: { bytes: 0, certainty: 'unknown' },
    loses: 'nothing',
    risk: 'review',
    needs: { otherDisk: true },
  };
}

/** The gate asks whether it is a log indeed. */
function emptying(path: ByteString, bytes: number): Action {
  return {
    kind: 'empty-file',
    paths: [path],
    meaning: 'log',
    frees: { bytes, certainty: 'exact' },
    loses: 'log-lines',
    risk: 'review',
  };
}
