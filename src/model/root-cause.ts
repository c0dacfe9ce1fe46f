/** Why a step fails, as it is on this machine now: what a named error (errno(3), strerror(3)) lets one look up. */
import type { ByteString } from './byte-string.ts';
import type { ProcessIdentity } from './process.ts';

/** Each is looked up on this machine when it is said: the log may tell of another machine, or of an earlier hour. */
export type RootCause =
  /** ECONNREFUSED. `isListening` null: the host is another machine, which is not asked. */
  | { readonly kind: 'refused'; readonly address: string; readonly isListening: boolean | null }
  /** EADDRINUSE. `holder` null where it may not be seen whose socket it is. */
  | {
      readonly kind: 'address-taken';
      readonly address: string;
      readonly isTaken: boolean;
      readonly holder: Pick<ProcessIdentity, 'pid' | 'command' | 'commandLine'> | null;
    }
  /** ENOSPC, on the filesystem of `path`. */
  | {
      readonly kind: 'no-space';
      readonly path: ByteString;
      readonly availableBytes: number;
      /** Null where inodes are made as they are needed. */
      readonly freeInodes: number | null;
    }
  /** EACCES: the last part of the path that is there, whose it is and its permission bits. */
  | {
      readonly kind: 'denied';
      readonly path: ByteString;
      readonly at: ByteString;
      readonly owner: string;
      readonly permissions: number;
    }
  /** ENOENT. `at` is the last part of it that is there. */
  | {
      readonly kind: 'missing';
      readonly path: ByteString;
      readonly isThere: boolean;
      readonly at: ByteString;
    }
  /**
   * A server does not accept the name or the password: it answers, and no retry changes what it says. `isListening`
   * null: the line names no address, or one of another machine, which is not asked.
   */
  | {
      readonly kind: 'login-refused';
      readonly user: string | null;
      readonly address: string | null;
      readonly isListening: boolean | null;
    }
  /** The kernel's log says that it killed the program for memory. */
  | { readonly kind: 'killed-for-memory'; readonly program: string; readonly times: number };
