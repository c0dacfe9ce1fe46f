/** Large files that nobody explains: what they are, whose, in use by whom; what to find out before anything goes. */
import { baseName } from '../../../model/byte-string.ts';
import { ageText } from '../../../model/age.ts';
import type { FindingOf } from '../../../model/finding.ts';
import type { ByteString } from '../../../model/byte-string.ts';
import type { FileContent, FileFormat } from '../../../model/findings/file-content.ts';
import { sizeText } from '../../../model/size.ts';
import { formatWords } from '../file-formats.ts';
import { countOf, quoted } from '../phrases.ts';
import { processWord } from '../processes.ts';
import { programPlaceAdvice, programPlaceText, titleOf } from '../program-places.ts';
import type { FindingWords } from './finding-words.ts';

/** Words of a sentence that are none of a title. */
const unlikeFormats: Readonly<Partial<Record<FileFormat, string>>> = { records: 'file of records' };

export const bigFileWords: FindingWords<'big-file'> = {
  title: ({ count, content, place }) => {
    const what =
      content === undefined ? 'file' : (unlikeFormats[content.format] ?? formatWords[content.format]);
    return titleOf(count > 1 ? `${count} large ${pluralOf(what)} alike` : `large ${what}`, place);
  },
  evidence: (finding, nowSeconds) => {
    const { count, form, content, owner, uid, links, diskBytes } = finding;
    const what = content === undefined ? 'content of an unknown kind' : contentText(content);
    const whose = owner === undefined ? `user ${uid}` : quoted(owner);
    return [
      `${count > 1 ? `${quoted(form)}: ` : ''}${what}, owned by ${whose}, last written ${agesText(finding, nowSeconds)}`,
      ...useText(finding),
      ...(finding.isRemovedByClient
        ? ['an NFS client deleted it while a program there had it open: it goes when that program ends']
        : []),
      ...(finding.place === undefined ? [] : [programPlaceText(finding.place)]),
      ...(finding.namedPlace === undefined
        ? []
        : [`${quoted(finding.namedPlace.configuration)} names ${quoted(finding.namedPlace.place)}`]),
      ...(links > 1
        ? [
            `it has ${countOf(links, 'name')}: deleting this one frees nothing, deleting all gives ${sizeText(diskBytes)} back`,
          ]
        : []),
    ];
  },
  advice,
};

/** "memory dumps of a crashed program": the noun stands before what says more of it; of data there is no plural. */
function pluralOf(what: string): string {
  const [noun] = what.split(/ (?=\(|of |with |that )/u, 1);
  const many = /(?:data|audio|records|signatures)$/u.test(noun)
    ? `files of ${noun}`
    : noun.replace(/(?<consonant>[^aeou])y$/u, '$<consonant>ie') + 's';
  return many + what.slice(noun.length);
}

/** "gzip archive holding: tar archive, which begins with etc/passwd". */
function contentText({ format, names = [], holds }: FileContent): string {
  const outer = formatWords[format] + namesText(format, names);
  return holds === undefined
    ? outer
    : `${outer} holding: ${formatWords[holds.format]}${namesText(holds.format, holds.names)}`;
}

function namesText(format: FileFormat, names: readonly ByteString[]): string {
  if (names.length === 0) return '';
  const list = names.map(quoted).join(', ');
  if (format.endsWith('-archive')) return `, which begins with ${list}`;
  if (format === 'sqlite-database') return ` with the ${names.length === 1 ? 'table' : 'tables'} ${list}`;
  return format === 'memory-dump-of-a-crashed-program' ? ` (${list})` : ` of the database ${list}`;
}

function agesText({ oldestAt, newestAt }: FindingOf<'big-file'>, nowSeconds: number): string {
  const [newest, oldest] = [newestAt, oldestAt].map((at) => ageText(Math.max(0, nowSeconds - at)));
  return newest === oldest ? `${newest} ago` : `${newest} to ${oldest} ago`;
}

function useText({ holders, moreHolders, kernelUser, machine }: FindingOf<'big-file'>): string[] {
  if (kernelUser !== undefined)
    return [`the kernel uses it as a disk (${quoted(kernelUser)}): deleting it frees nothing while it does`];
  if (holders.length + moreHolders === 0) return [];
  const names = holders.map(processWord);
  if (moreHolders > 0) names.push(countOf(moreHolders, 'other process', 'other processes'));
  const whose = machine === undefined ? '' : `a disk of the virtual machine ${quoted(machine)}, `;
  return [`${whose}in use by ${names.join(', ')}: deleting it frees nothing until they end`];
}

/** As people and programs call what is to be there when all else is lost. */
const BACKUP = /(?:^|[^a-z])(?:backups?|bkp|bak|dump)(?:[^a-z]|$)/iu;

function advice({
  content,
  holders,
  moreHolders,
  kernelUser,
  links,
  isPackaged,
  place,
  isRemovedByClient,
  paths,
}: FindingOf<'big-file'>): string {
  const isHeld = holders.length + moreHolders > 0 || kernelUser !== undefined;
  if (isPackaged) return 'ask which package it belongs to, and remove that with the package manager';
  if (isRemovedByClient)
    return 'end or restart the program on the client (lsof there shows it); deleted here, it loses its file';
  if (links > 1) return 'find its other names; the space comes back when the last one goes';
  if ((content?.kind === 'archive' || content?.kind === 'dump') && BACKUP.test(baseName(paths[0])))
    return 'it is called a backup, and no other of its form lies beside it: only when a newer one elsewhere can be restored may its owner move or delete it';
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
    case 'journal':
      return 'lines of a journal that journald does not keep there: see which machine wrote it; where the whole directory is one, journalctl -D DIRECTORY --vacuum-size shrinks it';
    case 'mail':
      return 'the mail of a person: let them archive or compact it in their mail program; never the file by hand';
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
