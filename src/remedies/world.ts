/** What the gate asks of the machine before it lets an action pass. Everything is asked when it is needed and remembered. */
import type { ByteString } from '../model/byte-string.ts';

/** What keeps something from being deleted or emptied by others. */
export interface Hold {
  readonly pids: readonly number[];
  /** The kernel uses it as a disk: a loop device, swap, the layer of an overlay; in the kernel's words ("loop3"). */
  readonly kernel: string | undefined;
  /** A process runs from it, maps it or works in it: emptying it would hurt. */
  readonly isRunFrom: boolean;
}

/** What stands at a path; links are not followed. */
export interface Standing {
  readonly kind: 'file' | 'directory' | 'other';
  readonly links: number;
}

export interface World {
  readonly isRoot: boolean;
  /** Undefined where nothing stands there, or it cannot be looked at. */
  readonly standingAt: (path: ByteString) => Standing | undefined;
  /** Who holds a file, or anything in a directory. */
  readonly holdOn: (path: ByteString) => Hold;
  /** A symbolic link beside it, or beside the directory it lies in, that leads to it or into it: `current` to a release. */
  readonly linkTo: (path: ByteString) => ByteString | undefined;
  /** Processes started with a path inside it: interpreters run what they do not hold open. */
  readonly startedFrom: (path: ByteString) => readonly number[];
  /** The file by which something in it is started or served, by systemd, cron, a supervisor or a web server. */
  readonly namedIn: (path: ByteString) => ByteString | undefined;
  /** A mount at the path or below it. */
  readonly mountIn: (path: ByteString) => ByteString | undefined;
  /** The store the path lies in, or is, or has inside; the most specific claim of the catalogue decides. */
  readonly storeOf: (path: ByteString) => string | undefined;
  /** The quarantine of a run of diskwhy that the path is, lies in or has inside. */
  readonly setAsideAt: (path: ByteString) => ByteString | undefined;
  /** Whether packages put files there. */
  readonly isPackaged: (path: ByteString) => boolean;
  /** The root of another system that the path lies in: a disk mounted in a rescue system. */
  readonly foreignRootOf: (path: ByteString) => ByteString | undefined;
  readonly isReadOnly: (path: ByteString) => boolean;
  readonly isLogText: (path: ByteString) => boolean;
  /** Whether what is packed in the file is; undefined where that cannot be looked into. */
  readonly isPackedLogText: (path: ByteString) => boolean | undefined;
  /** Whether what the descriptor shows may be the last copy of something. */
  readonly isLastCopy: (pid: number, descriptor: number) => boolean;
  /** What a file without a name was called; undefined where nobody knows. */
  readonly formerPathOf: (pid: number, descriptor: number) => ByteString | undefined;
  /** Whether what the descriptor shows is lines of a log, and was called like one. */
  readonly holdsLogText: (pid: number, descriptor: number) => boolean;
  /** Directories that a program of this machine is told to keep its data in, Docker's default among them; empty where nobody knows. */
  readonly placesOf: (program: string) => readonly ByteString[];
  readonly hasTool: (name: string) => boolean;
}
