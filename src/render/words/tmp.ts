/** Words for the verdicts of `diskwhy tmp`: one sentence per reason. Whoever prints them escapes them. */
import { ageText } from '../../model/age.ts';
import { baseName, toText } from '../../model/byte-string.ts';
import type { BlindSpot } from '../../model/process.ts';
import type { Timestamp, TmpHolder, TmpReason } from '../../model/tmp-reason.ts';
import type { TmpRoot, TmpUnit } from '../../model/tmp-report.ts';
import { holderSentence } from './tmp-holder.ts';

/** What a unit is, in a few words: "npm cache", "temporary directory". */
export function whatWords({ what, kind }: TmpUnit, { origin }: TmpRoot): string {
  return what ?? (origin === 'temp' ? `temporary ${kinds[kind]}` : kinds[kind]);
}

const kinds: Readonly<Record<TmpUnit['kind'], string>> = {
  directory: 'directory',
  file: 'file',
  symlink: 'symbolic link',
  socket: 'socket',
  fifo: 'named pipe',
  device: 'device node',
};

/** Why a unit may go or stays: one sentence, no full stop. */
export function reasonWords({ reason, holders, kind }: Pick<TmpUnit, 'reason' | 'holders' | 'kind'>): string {
  return wordsOf(reason, holders, kind);
}

function wordsOf(reason: TmpReason, holders: readonly TmpHolder[], kind: TmpUnit['kind']): string {
  const itOrPart = kind === 'file' ? 'it' : 'a file of it';
  switch (reason.code) {
    case 'unheld':
      return 'nobody holds it';
    case 'unheld-asked-kernel':
      return `nobody has ${itOrPart} open, hidden processes included`;
    case 'unheld-own':
      return 'nobody you can see holds it, and none but you and root could';
    case 'assumed-unused':
      return `taken as unused (--assume-unused): ${wordsOf(reason.doubt, holders, kind)}`;
    case 'held':
    case 'locked':
    case 'mounted':
    case 'named-owner':
      return holderSentence(holders);
    case 'owner-running':
      return `${holderSentence(holders)}: it owns this while it runs`;
    case 'held-by-name':
      return holders.length === 0
        ? 'programs run that come back to it by its name'
        : `${holderSentence(holders)}: such programs come back to it by its name`;
    case 'opened-unseen':
      return `a process that is not visible to you has ${itOrPart} open`;
    case 'live-socket':
      return `the socket ${toText(baseName(reason.socket))} in it is alive`;
    case 'hidden-processes': {
      const { hidden, processes } = reason;
      return `${hidden} of ${processes} processes ${hidden === 1 ? 'is' : 'are'} not visible to you`;
    }
    case 'blind':
      return blindSpots[reason.spot];
    case 'locks-unreadable':
      return 'locks on files could not be read';
    case 'sockets-unreadable':
      return 'it has a socket, and not every network namespace can be read';
    case 'socket-elsewhere':
      return `a socket bound as ${toText(reason.bound)} somewhere else may be the one in it`;
    case 'too-new': {
      const { ageMs, decidedBy, looksOldMs } = reason;
      const since = ageMs < 1000 ? 'just now' : `${ageText(ageMs / 1000)} ago`;
      const lately = `${verbs[decidedBy]} ${since} (${decidedBy})`;
      if (looksOldMs === undefined) return lately;
      return `looks ${ageText(looksOldMs / 1000)} old by modification, but was ${lately}`;
    }
    case 'future':
      return `its ${reason.decidedBy} lies ${ageText(reason.aheadMs / 1000)} in the future`;
    case 'no-timestamp':
      return 'it has none of the timestamps asked for';
    case 'keep-option': {
      const { pattern, entry } = reason;
      const kept = pattern === undefined ? 'kept by --keep' : `kept by --keep '${toText(pattern)}'`;
      return entry === undefined ? kept : `${kept}, which fits ${toText(entry)}`;
    }
    case 'mount':
      return reason.inside
        ? `${reason.filesystemType} is mounted in it`
        : `it is a mount point (${reason.filesystemType})`;
    case 'other-device':
      return 'a part of it is on another mount';
    case 'placeholder':
      return 'it has placeholders of deleted files that are still open (.nfs, .fuse_hidden)';
    case 'unreadable':
      return 'a part of it could not be read';
    case 'tmpfiles-exclude': {
      const { lineType, bootOnly, pattern, source, where } = reason;
      const meaning = bootOnly ? ', while the system starts only' : '';
      return `"${lineType}${bootOnly ? '!' : ''} ${toText(pattern)}" in ${toText(source)}${wheres[where]}${meaning}`;
    }
    case 'service-directory':
      return 'private directory of a service of this boot';
    case 'quarantine':
      return 'an earlier run has set things aside in it: --restore brings them back, --purge deletes them';
    case 'protected-name':
      return `${reason.what}: a name that is never deleted`;
    case 'shared-directory':
      return `a directory of ${reason.ofRoot ? 'root' : 'another user'} where everybody may create one in its place`;
    case 'other-owner':
      return reason.inside ? 'a part of it belongs to another user' : 'it belongs to another user';
    case 'special-file':
      return itOrInside(reason.inside, reason.type === 'fifo' ? 'named pipe' : 'device node');
    case 'sticky-file':
      return `${itOrInside(reason.inside, 'file with the sticky bit')}, which asks to be kept`;
    case 'depth':
      return `it is ${reason.levels} directories deep`;
    case 'large-file':
      return `${reason.what}; it is kept until --older says how old is old enough`;
    case 'somebodys-data':
      return `${reason.what}: nobody but you can say whether it may go`;
    case 'home-inside':
      return `the home directory ${toText(reason.home)} is in it`;
    case 'owner-command':
    case 'known-place':
      return placeWords(reason);
  }
  // What is left is a family; a code without words would not compile here.
  return `${toText(baseName(reason.member))} belongs to it and stays: ${wordsOf(reason.because, holders, kind)}`;
}

const verbs: Readonly<Record<Timestamp, string>> = {
  mtime: 'modified',
  ctime: 'changed',
  btime: 'created',
  atime: 'read',
};

const blindSpots: Readonly<Record<BlindSpot, string>> = {
  'no-proc': 'there is no /proc that shows what processes hold',
  hidepid: 'processes of others are hidden (hidepid)',
  'pid-namespace': 'processes outside this container are out of sight',
};

const wheres = { itself: '', above: ' stands above it', inside: ' speaks of something in it' } as const;

function itOrInside(inside: boolean, what: string): string {
  return inside ? `it has a ${what} in it` : `it is a ${what}`;
}

function placeWords({
  what,
  where,
  place,
  keeps,
}: Extract<TmpReason, { readonly code: 'owner-command' | 'known-place' }>): string {
  if (where === 'inside') return `${what} (${toText(place)}) is in it`;
  if (where === 'around') return `it is a part of ${what}`;
  return keeps.length === 0 ? what : `${what}: ${keeps.map(toText).join(' and ')} must stay`;
}
