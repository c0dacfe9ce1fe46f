/** Large files that nobody explains: what they are, whose, in use by whom; what to find out before anything goes. */
import { ageText } from '../../../model/age.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { ContentKind } from '../../../model/findings/file-content.ts';
import { sizeText } from '../../../model/size.ts';
import { formatWords } from '../file-formats.ts';
import { countOf, quoted } from '../phrases.ts';
import { processWord } from '../processes.ts';
import { programPlaceAdvice, programPlaceText, titleOf } from '../program-places.ts';
import type { FindingWords } from './finding-words.ts';

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

export const bigFileWords: FindingWords<'big-file'> = {
  title: ({ count, content, place }) => {
    const what = content === undefined ? 'file' : titles[content.kind];
    return titleOf(count > 1 ? `${count} large ${what}s alike` : `large ${what}`, place);
  },
  evidence: (finding, nowSeconds) => {
    const { count, form, content, owner, uid, links, diskBytes } = finding;
    const what = content === undefined ? 'content of an unknown kind' : formatWords[content.format];
    const whose = owner === undefined ? `user ${uid}` : quoted(owner);
    return [
      `${count > 1 ? `${quoted(form)}: ` : ''}${what}, owned by ${whose}, last written ${agesText(finding, nowSeconds)}`,
      ...useText(finding),
      ...(finding.isRemovedByClient
        ? ['an NFS client deleted it while a program there had it open: it goes when that program ends']
        : []),
      ...(finding.place === undefined ? [] : [programPlaceText(finding.place)]),
      ...(links > 1
        ? [
            `it has ${countOf(links, 'name')}: deleting this one frees nothing, deleting all gives ${sizeText(diskBytes)} back`,
          ]
        : []),
    ];
  },
  advice,
};

function agesText({ oldestAt, newestAt }: FindingOf<'big-file'>, nowSeconds: number): string {
  const [newest, oldest] = [newestAt, oldestAt].map((at) => ageText(Math.max(0, nowSeconds - at)));
  return newest === oldest ? `${newest} ago` : `${newest} to ${oldest} ago`;
}

function useText({ holders, moreHolders, kernelUser }: FindingOf<'big-file'>): string[] {
  if (kernelUser !== undefined)
    return [`the kernel uses it as a disk (${quoted(kernelUser)}): deleting it frees nothing while it does`];
  if (holders.length + moreHolders === 0) return [];
  const names = holders.map(processWord);
  if (moreHolders > 0) names.push(countOf(moreHolders, 'other process', 'other processes'));
  return [`in use by ${names.join(', ')}: deleting it frees nothing until they end`];
}

function advice({
  content,
  holders,
  moreHolders,
  kernelUser,
  links,
  isPackaged,
  place,
  isRemovedByClient,
}: FindingOf<'big-file'>): string {
  const isHeld = holders.length + moreHolders > 0 || kernelUser !== undefined;
  if (isPackaged) return 'ask which package it belongs to, and remove that with the package manager';
  if (isRemovedByClient)
    return 'end or restart the program on the client (lsof there shows it); deleted here, it loses its file';
  if (links > 1) return 'find its other names; the space comes back when the last one goes';
  switch (content?.kind) {
    case 'database':
      return content.format === 'sqlite-database'
        ? 'delete rows in its program, then let it give back what they took, with the program stopped; never the file by hand'
        : 'delete rows with the database server; never the file by hand';
    case 'disk-image':
      return isHeld
        ? 'shut down the machine that runs from it, or unmount it (losetup -a), first'
        : 'find out which machine or mount it is for, and whether another image is built on it; remove it where it was made';
    case 'program':
      return 'find out what installed it and remove it there; deleted by hand, what calls it breaks';
    case 'git-objects':
      return 'the history of a repository: delete the whole clone if a remote has it, or fetch less (git clone --filter=blob:none)';
    case 'archive':
      return 'see whether what is in it was unpacked or is kept elsewhere; then its owner may move or delete it';
    case 'dump':
      return 'see whether somebody still needs it; then its owner may move or delete it';
    case 'log':
      return isHeld
        ? 'stop what fills it; then it can be emptied while it is open'
        : 'see who wrote it and whether anybody reads it; then its owner may move or delete it';
    default:
      return isHeld
        ? 'see what the program that uses it keeps there: it is that program that gives it back'
        : place !== undefined
          ? programPlaceAdvice(place)
          : 'nobody knows what it is from here: look into it, ask who wrote it; then its owner may move or delete it';
  }
}
