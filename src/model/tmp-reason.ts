/** Why `diskwhy tmp` judges a unit as it does, and what would change it: values; the words are render/words/tmp.ts. */
import type { Remedy } from './action.ts';
import type { ByteString } from './byte-string.ts';
import type { BlindSpot, HoldKind } from './process.ts';

export const TIMESTAMPS = ['mtime', 'ctime', 'btime', 'atime'] as const;
export type Timestamp = (typeof TIMESTAMPS)[number];

/** Why a unit is kept, as a stable code; undefined for what is deletable. */
export type KeepReason =
  | 'too-new'
  | 'in-use'
  | 'in-use-unknown'
  | 'locked'
  | 'mount'
  | 'other-device'
  | 'other-owner'
  | 'protected-name'
  | 'tmpfiles-exclude'
  | 'sticky-file'
  | 'special-file'
  | 'live-socket'
  | 'keep-option'
  | 'depth'
  | 'unreadable'
  | 'user-data'
  | 'owner-command';

/** How somebody holds something in a unit. */
type TmpHold =
  | { readonly how: HoldKind }
  /** A lock of /proc/locks: "FLOCK", "POSIX", "OFDLCK", "LEASE". */
  | { readonly how: 'lock'; readonly lock: string }
  /** The kernel: swap space, or a disk image. */
  | { readonly how: 'swap' }
  | { readonly how: 'disk-image'; readonly device: string }
  /** The NFS server: its clients. */
  | { readonly how: 'exported' }
  /** A mount made of it, where it is mounted. */
  | { readonly how: 'overlay' | 'bind-mount' | 'mounted-elsewhere'; readonly mountPoint: ByteString }
  /** Its pid is a name in the unit, or a part of the unit's. */
  | { readonly how: 'named' }
  /** It runs, and is known to come back to what lies here. */
  | { readonly how: 'running' };

/** Who holds something in a unit. */
export type TmpHolder = TmpHold & {
  /** 0 for the kernel. */
  readonly pid: number;
  /** Empty where it cannot be told. */
  readonly command: ByteString;
};

/** Why it cannot be told whether a unit is in use. */
export type TmpDoubt =
  | { readonly code: 'hidden-processes'; readonly hidden: number; readonly processes: number }
  | { readonly code: 'blind'; readonly spot: BlindSpot }
  | { readonly code: 'locks-unreadable' | 'sockets-unreadable' }
  /** A socket of the same name is alive that may be the one in the unit. */
  | { readonly code: 'socket-elsewhere'; readonly bound: ByteString }
  /** The unit's holders run programs that come back to it by its name. */
  | { readonly code: 'held-by-name' };

/** Nothing keeps the unit. */
type FreeReason =
  | { readonly code: 'unheld' }
  /** The kernel was asked as well, which knows of processes that cannot be seen. */
  | { readonly code: 'unheld-asked-kernel' }
  /** None but the asking user and root could hold it, and no process of his does. */
  | { readonly code: 'unheld-own' }
  | { readonly code: 'assumed-unused'; readonly doubt: TmpDoubt };

/** It is in use; by whom, the unit's holders say. */
type UseReason =
  | { readonly code: 'held' | 'locked' | 'mounted' | 'named-owner' | 'owner-running' }
  /** The kernel says that somebody who cannot be seen has a file of it open. */
  | { readonly code: 'opened-unseen' }
  | { readonly code: 'live-socket'; readonly socket: ByteString };

type AgeReason =
  | {
      readonly code: 'too-new';
      readonly decidedBy: Timestamp;
      readonly ageMs: number;
      /** Its age by modification alone, where that looks old enough. */
      readonly looksOldMs: number | undefined;
    }
  | { readonly code: 'future'; readonly decidedBy: Timestamp; readonly aheadMs: number }
  | { readonly code: 'no-timestamp' };

type ProtectedReason =
  | {
      readonly code: 'keep-option';
      /** As it was given; undefined where a scan left something out. */
      readonly pattern: ByteString | undefined;
      /** What it fits, where that lies in the unit. */
      readonly entry: ByteString | undefined;
    }
  | { readonly code: 'mount'; readonly filesystemType: string; readonly inside: boolean }
  | { readonly code: 'other-device' | 'placeholder' | 'unreadable' }
  | {
      readonly code: 'tmpfiles-exclude';
      /** The line's first letter. */
      readonly lineType: string;
      readonly bootOnly: boolean;
      readonly pattern: ByteString;
      /** The file it is in. */
      readonly source: ByteString;
      /** What it fits: the unit, something above it or something in it. */
      readonly where: 'itself' | 'above' | 'inside';
    }
  | { readonly code: 'service-directory' }
  | { readonly code: 'protected-name'; readonly what: string }
  /** Where an earlier run has put aside what can still be brought back. */
  | { readonly code: 'quarantine' }
  /** A directory of root, or of another user, where everybody may create one in its place. */
  | { readonly code: 'shared-directory'; readonly ofRoot: boolean }
  | { readonly code: 'other-owner'; readonly inside: boolean }
  | { readonly code: 'special-file'; readonly type: 'device' | 'fifo'; readonly inside: boolean }
  | { readonly code: 'sticky-file'; readonly inside: boolean }
  | { readonly code: 'depth'; readonly levels: number }
  | { readonly code: 'large-file' | 'somebodys-data'; readonly what: string }
  | { readonly code: 'home-inside'; readonly home: ByteString };

/** A place of a known program, which has its own way to make room, or none. */
interface PlaceReason {
  readonly code: 'owner-command' | 'known-place';
  /** As the catalogue calls it. */
  readonly what: string;
  /** Where the place is: the unit itself, in it, or around it. */
  readonly where: 'itself' | 'inside' | 'around';
  readonly place: ByteString;
  /** Names in it that must stay. */
  readonly keeps: readonly ByteString[];
}

/** Why the verdict is what it is. */
export type TmpReason =
  | FreeReason
  | UseReason
  | TmpDoubt
  | AgeReason
  | ProtectedReason
  | PlaceReason
  /** Another file belongs to it and stays, so it stays. */
  | { readonly code: 'family'; readonly member: ByteString; readonly because: TmpReason };

const keepReasons: Readonly<Record<Exclude<TmpReason['code'], 'family'>, KeepReason | undefined>> = {
  unheld: undefined,
  'unheld-asked-kernel': undefined,
  'unheld-own': undefined,
  'assumed-unused': undefined,
  held: 'in-use',
  locked: 'locked',
  mounted: 'mount',
  'named-owner': 'in-use',
  'owner-running': 'in-use',
  'opened-unseen': 'in-use',
  'live-socket': 'live-socket',
  'hidden-processes': 'in-use-unknown',
  blind: 'in-use-unknown',
  'locks-unreadable': 'in-use-unknown',
  'sockets-unreadable': 'in-use-unknown',
  'socket-elsewhere': 'live-socket',
  'held-by-name': 'in-use-unknown',
  'too-new': 'too-new',
  future: 'too-new',
  'no-timestamp': 'too-new',
  'keep-option': 'keep-option',
  mount: 'mount',
  'other-device': 'other-device',
  placeholder: 'protected-name',
  unreadable: 'unreadable',
  'tmpfiles-exclude': 'tmpfiles-exclude',
  'service-directory': 'protected-name',
  'protected-name': 'protected-name',
  quarantine: 'protected-name',
  'shared-directory': 'other-owner',
  'other-owner': 'other-owner',
  'special-file': 'special-file',
  'sticky-file': 'sticky-file',
  depth: 'depth',
  'large-file': 'user-data',
  'somebodys-data': 'user-data',
  'home-inside': 'user-data',
  'owner-command': 'owner-command',
  'known-place': 'user-data',
};

/** The coarser code of a reason; undefined where it keeps nothing. */
export function keepReasonOf(reason: TmpReason): KeepReason | undefined {
  return reason.code === 'family' ? keepReasonOf(reason.because) : keepReasons[reason.code];
}

/** What would change the verdict. */
export type TmpAdvice =
  /** An option of `diskwhy tmp`, or the command that shows what cannot be seen. */
  | { readonly code: '--system' | '--all-users' | '--age-by mtime' | '--assume-unused' | 'sudo' }
  /** What the catalogue says of the place. */
  | {
      readonly code: 'owner';
      readonly note: string | undefined;
      /** The owner's command, where it has blanks for a person to fill in. */
      readonly blankCommand: string | undefined;
      /** The owner's commands that passed the gate: those that make room, then those that show what is there. */
      readonly remedies: readonly Remedy[];
    }
  /** It may go, and its owner has a command for it as well. */
  | { readonly code: 'owner-can-too'; readonly remedies: readonly Remedy[] };
