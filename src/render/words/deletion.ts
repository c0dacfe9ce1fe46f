/** What is said of a deletion: why a unit stayed, why figures differ, why something is not back. No full stops. */
import type {
  Attempt,
  DeletionDifference,
  Holding,
  Obstacle,
  PartObstacle,
  RestoreObstacle,
  UnitChange,
} from '../../model/deletion.ts';
import { errnoMessage } from '../../model/errno-message.ts';
import type { HoldKind } from '../../model/process.ts';
import { sizeText } from '../../model/size.ts';
import { displayName } from '../terminal/escape.ts';

const changes: Readonly<Record<UnitChange, string>> = {
  'since-set-aside': 'it was written to since it was set aside',
  'since-judged': 'it changed since it was judged',
  gone: 'it is gone',
  exchanged: 'it was exchanged while it was looked at',
  'more-than-judged': 'there is more in it than was judged',
  'relative-path': 'its path is not absolute',
  'directory-above-gone': 'the directory it lies in is gone',
  'directory-above-exchanged': 'the directory it lies in is another one now',
  'directory-above-exchangeable': 'a directory above it belongs to somebody who could exchange it',
  'changed-meanwhile': 'it changed while it was being deleted',
  'exchanged-meanwhile': 'a directory in it was exchanged while it was being deleted',
  'moved-meanwhile': 'it was moved while it was being deleted',
  'new-meanwhile': 'something new came into it while it was being deleted',
};

const attempts: Readonly<Record<Attempt, string>> = {
  look: 'it cannot be looked at',
  open: 'it cannot be opened',
  read: 'it cannot be read whole',
  lock: 'it cannot be locked',
  remove: 'it cannot be removed',
  'open-root': 'the root directory cannot be opened',
  'open-directory-above': 'the directory it lies in cannot be opened',
  'read-directory-above': 'a directory above it cannot be read',
  'make-quarantine': 'the quarantine directory cannot be made',
  'open-quarantine': 'the quarantine directory cannot be opened',
  move: 'it cannot be moved',
};

const partObstacles: Readonly<Record<PartObstacle, string>> = {
  undeletable: 'something is immutable or append-only (chattr)',
  'read-only-directory': 'a directory is read-only',
};

const holds: Readonly<Record<HoldKind, string>> = {
  executable: 'runs from it',
  'working-directory': 'works in it',
  root: 'has its root directory in it',
  descriptor: 'has it open',
  mapping: 'has it mapped',
};

type Words<Value extends { readonly kind: string }> = {
  readonly [Kind in Value['kind']]: (value: Extract<Value, { readonly kind: Kind }>) => string;
};

const obstacles: Words<Obstacle> = {
  changed: ({ how }) => changes[how],
  kernel: ({ attempt, errno }) => `${attempts[attempt]}: ${errnoMessage(errno)}`,
  'not-whole': ({ because }) => `it cannot be deleted as a whole: ${partObstacles[because]}`,
  'in-use': ({ holding }) => holdingText(holding),
  locked: () => 'somebody holds a lock on it (flock)',
  mount: () => 'something is mounted in it',
  'special-file': () => 'a named pipe or device is in it',
  depth: ({ mostLevels }) => `it is deeper than ${mostLevels} levels`,
  'other-owner': ({ uid }) => `it belongs to somebody else (uid ${uid})`,
  journal: ({ errno }) => `the journal cannot be written: ${errnoMessage(errno)}`,
  interrupted: () => 'interrupted',
  quarantine: () => 'an earlier run has set something aside in it (--quarantined lists it)',
  'foreign-quarantine': () => 'its quarantine directory belongs to somebody else',
  'no-longer-deletable': ({ keepReason, verdict }) =>
    `it is no longer deletable: ${(keepReason ?? verdict).replaceAll('-', ' ')}`,
  'not-judged': () => 'it is no longer among what is judged',
};

const restoreObstacles: Words<RestoreObstacle> = {
  ...obstacles,
  'quarantine-gone': () => 'its quarantine directory is gone',
  'not-in-quarantine': () => 'it is no longer in quarantine',
  'exchanged-in-quarantine': () => 'something else lies in quarantine under its name',
  'place-taken': () => 'something else has taken its place',
};

const differences: Words<DeletionDifference> = {
  'not-all-deleted': ({ missingBytes }) =>
    `${sizeText(missingBytes)} less than predicted: not everything was deleted`,
  'other-names': ({ missingBytes }) =>
    `${sizeText(missingBytes)} less than predicted: other names of the same files appeared meanwhile`,
  'measured-less': ({ missingBytes, lateFilesystems }) => {
    const late = lateFilesystems.join(' and ');
    return `the filesystem shows ${sizeText(missingBytes)} less than that: other programs wrote meanwhile${late === '' ? '' : `; ${late} may give blocks back later, or keep them for snapshots`}`;
  },
  'measured-more': ({ additionalBytes }) =>
    `the filesystem shows ${sizeText(additionalBytes)} more than that: other programs deleted meanwhile, or its own bookkeeping shrank`,
};

/** Why a unit, or the rest of it, is still there; why something that was moved aside is not back. */
export function obstacleText(obstacle: RestoreObstacle): string {
  // Each kind's words take that kind's values; TypeScript cannot follow the pairing through the table.
  return (restoreObstacles[obstacle.kind] as (value: RestoreObstacle) => string)(obstacle);
}

/** Why predicted, freed and measured bytes differ. */
export function differenceText(difference: DeletionDifference): string {
  return (differences[difference.kind] as (value: DeletionDifference) => string)(difference);
}

const disks: Readonly<Record<string, string | undefined>> = {
  swap: 'it is swap space now',
  nfsd: 'the NFS server exports it now',
};

/** Who holds something, and how. */
function holdingText(holding: Holding): string {
  switch (holding.by) {
    case 'lock':
      return `a process holds a lock on it (${holding.lock})`;
    case 'process':
      return `process ${holding.pid} ${holds[holding.hold]} now`;
    case 'disk':
      return disks[holding.user] ?? `it is the disk behind ${holding.user} now`;
    case 'overlay':
      return `the overlay at ${displayName(holding.mountPoint)} is made of it now`;
    case 'mount':
      return `it is mounted at ${displayName(holding.mountPoint)} now`;
    case 'unseen':
      return 'somebody who cannot be seen has it open now';
  }
}
