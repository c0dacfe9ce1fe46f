/** What is left and large: single files that no rule before knew a reason for. Runs last. */
import { ageText } from '../../model/age.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { processName } from '../../model/process.ts';
import type { Finding, Risk } from '../../model/finding.ts';
import type { RankedFile } from '../../model/scan-result.ts';
import { sizeText } from '../../model/size.ts';
import { readDiskFiles } from '../../system/disks/disk-files.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { namedFile } from '../../system/files/named-file.ts';
import type { NamedFile } from '../../system/files/named-file.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';
import { fileContent } from './file-content.ts';
import type { ContentKind, FileContent } from './file-content.ts';
import { isPackaged, packageQuery } from './package-owner.ts';
import type { Rule } from './rule.ts';
import { countOf, quoted, shellWord } from './wording.ts';

export const bigFile: Rule = {
  name: 'big-file',
  find: (facts, claims) => {
    const large = facts.scan.largestFiles.filter(
      (file) => file.diskBytes >= leastBytes(file, facts) && !claims.isFileClaimed(file),
    );
    if (large.length === 0) return [];
    const disks = new Map(readDiskFiles().map(({ id, user }) => [id, user]));
    return large.slice(0, MOST_FINDINGS).flatMap((file) => {
      const itself = namedFile(file.path);
      if (itself === undefined) return [];
      return findingOf(file, itself, holdersOf(itself, facts, disks.get(itself.id)), facts, claims);
    });
  },
};

const MOST_FINDINGS = 10;
const USED_SHARE = 0.01;
const MOST_HOLDERS = 3;

/** A file is large by what its filesystem holds. */
function leastBytes({ path }: RankedFile, { filesystems, mounts, worthBytes }: Facts): number {
  const mountPoint = mountOf(mounts, path)?.mountPoint;
  const used = filesystems.find((one) => one.mountPoint === mountPoint)?.usedBytes ?? 0;
  return Math.max(worthBytes, used * USED_SHARE);
}

function findingOf(
  file: RankedFile,
  itself: NamedFile,
  holders: readonly string[],
  facts: Facts,
  claims: Claims,
): Finding[] {
  const { path, diskBytes, links, modifiedAt } = file;
  const claim = claims.file(file);
  // Another name of a file that was claimed already.
  if (claim.claimedBytes === 0) return [];
  const content = fileContent(path);
  const owner = facts.accounts.find(({ uid }) => uid === itself.uid)?.name;
  const what = content?.what ?? 'content of an unknown kind';
  return [
    {
      rule: 'big-file',
      title: `large ${content === undefined ? 'file' : titles[content.kind]}`,
      ...claim,
      // What a database gives back is the database's to say.
      freeableBytes: links === 1 && holders.length === 0 && content?.kind !== 'database' ? diskBytes : 0,
      paths: [path],
      evidence: [
        `${what}, owned by ${owner === undefined ? `user ${itself.uid}` : quoted(owner)}, last written ${ageText(facts.nowSeconds - modifiedAt)} ago`,
        ...holders.slice(0, 1),
        ...(links > 1
          ? [
              `it has ${countOf(links, 'name')}: deleting this one frees nothing, deleting all gives ${sizeText(diskBytes)} back`,
            ]
          : []),
      ],
      ...adviceFor(file, content, holders.length > 0, mountOf(facts.mounts, path)?.mountPoint ?? path),
    },
  ];
}

const titles: Readonly<Record<ContentKind, string>> = {
  archive: 'archive',
  database: 'database',
  'disk-image': 'disk image',
  dump: 'dump',
  media: 'video',
  model: 'model',
  log: 'log',
  program: 'program',
  'git-objects': 'repository',
  other: 'file',
};

/** A sentence about who uses the file, or nothing. */
function holdersOf({ id }: NamedFile, { openFiles }: Facts, disk: string | undefined): string[] {
  // The kernel holds what it uses as a disk, and no process shows it.
  if (disk !== undefined)
    return [`the kernel uses it as a disk (${disk}): deleting it frees nothing while it does`];
  const pids = new Set(openFiles.files.get(id)?.holds.map(({ pid }) => pid));
  if (pids.size === 0) return [];
  const known = [...pids].slice(0, MOST_HOLDERS).flatMap((pid) => readProcess(pid) ?? []);
  const rest = pids.size - known.length;
  const names = known.map((one) => `${processName(one)} (pid ${one.pid})`);
  if (rest > 0) names.push(countOf(rest, 'other process', 'other processes'));
  return [`in use by ${names.join(', ')}: deleting it frees nothing until they end`];
}

interface Advice {
  readonly remedy: Finding['remedy'];
  readonly risk: Risk;
}

function advise(risk: Risk, text: string, command: string | undefined): Advice {
  return { risk, remedy: { text, command } };
}

function adviceFor(
  { path, links }: RankedFile,
  content: FileContent | undefined,
  isHeld: boolean,
  mountPoint: ByteString,
): Advice {
  if (isPackaged(path))
    return advise(
      'never',
      'ask which package it belongs to, and remove that with the package manager',
      packageQuery(path),
    );
  const remove = `rm -i -- ${shellWord(path)}`;
  if (links > 1)
    return advise(
      'review',
      'find its other names; the space comes back when the last one goes',
      `find ${shellWord(mountPoint)} -xdev -samefile ${shellWord(path)}`,
    );
  switch (content?.kind) {
    case 'database':
      return content.what.startsWith('SQLite')
        ? advise(
            'never',
            'delete rows in its program, then let it give back what they took, with the program stopped',
            `sqlite3 ${shellWord(path)} VACUUM`,
          )
        : advise('never', 'delete rows with the database server; never the file by hand', undefined);
    case 'disk-image':
      return isHeld
        ? advise(
            'never',
            'shut down the machine that runs from it, or unmount it (losetup -a), first',
            undefined,
          )
        : advise(
            'review',
            'if no machine and no mount needs it, delete it where it was made or by hand',
            remove,
          );
    case 'program':
      return advise(
        'review',
        'find out what installed it and remove it there; deleted by hand, what calls it breaks',
        packageQuery(path),
      );
    case 'git-objects':
      return advise(
        'never',
        'the history of a repository: delete the whole clone if a remote has it, or fetch less (git clone --filter=blob:none)',
        undefined,
      );
    case 'archive':
      return advise('review', 'if what is in it was unpacked or is kept elsewhere, delete it', remove);
    case 'dump':
      return advise('review', 'if it was looked at and is kept elsewhere, delete it', remove);
    case 'log':
      return isHeld
        ? advise(
            'review',
            'stop what fills it; then empty it, which works while it is open',
            `truncate -s 0 ${shellWord(path)}`,
          )
        : advise('review', 'if nobody reads it any more, delete it', remove);
    default:
      return isHeld
        ? advise(
            'review',
            'end the program that uses it first; then move it to another disk or delete it',
            undefined,
          )
        : advise('review', 'if nobody needs it here, move it to another disk or delete it', remove);
  }
}
