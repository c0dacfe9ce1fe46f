/** Who stands behind a writer that writes what others say, or that lives for moments only. */
import type { ByteString } from './byte-string.ts';
import type { ProcessIdentity } from './process.ts';

export type WriterOrigin =
  | { readonly kind: 'process'; readonly process: ProcessIdentity }
  /** Many short-lived ones of one command, and who starts them. */
  | {
      readonly kind: 'short-lived';
      readonly command: ByteString;
      readonly starts: number;
      readonly starter: WriterOrigin | undefined;
    }
  /** Whose lines fill a log: a unit, a container or a program, with its share of the latest bytes, 0–1. */
  | { readonly kind: 'speaker'; readonly name: ByteString; readonly share: number }
  | { readonly kind: 'container'; readonly name: ByteString; readonly restarts: number }
  /** A program of supervisord, and its process where that is known. */
  | { readonly kind: 'program'; readonly name: ByteString; readonly process: ProcessIdentity | undefined }
  /** An application of pm2. */
  | { readonly kind: 'app'; readonly name: ByteString }
  /** A service under runit or s6. */
  | { readonly kind: 'service'; readonly name: ByteString };
