/** What is left and large: files, or files of one form, that no other rule knew a reason for. */
import type { ByteString } from '../byte-string.ts';
import type { ProcessIdentity } from '../process.ts';
import type { FileContent } from './file-content.ts';
import type { ProgramPlace } from './program-place.ts';

/** A file or directory, and the configuration file that names it. */
export interface NamedPlace {
  readonly place: ByteString;
  readonly configuration: ByteString;
}

export interface BigFileFacts {
  readonly rule: 'big-file';
  readonly count: number;
  /** The common form of their paths, `*` where they differ; the path of a single one. */
  readonly form: ByteString;
  /** Of the largest; undefined where nothing is certain. */
  readonly content: FileContent | undefined;
  readonly uid: number;
  readonly owner: ByteString | undefined;
  /** Seconds since 1970 at which the oldest and the newest were written. */
  readonly oldestAt: number;
  readonly newestAt: number;
  readonly holders: readonly ProcessIdentity[];
  /** Processes that hold them besides those named. */
  readonly moreHolders: number;
  /** The virtual machine whose disk it is, as it runs from it now. */
  readonly machine: ByteString | undefined;
  /** Undefined where no configuration names it. */
  readonly namedPlace: NamedPlace | undefined;
  /** The kernel uses it as a disk: "loop3", "swap". */
  readonly kernelUser: ByteString | undefined;
  /** Names of the largest. */
  readonly links: number;
  /** Whose they are by their place. */
  readonly place: ProgramPlace | undefined;
  /** Its name is that of a file which an NFS client has deleted and still has open. */
  readonly isRemovedByClient: boolean;
  /** Packages put files there. */
  readonly isPackaged: boolean;
}
