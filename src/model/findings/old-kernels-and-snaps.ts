/** Kernels that are neither running nor next, and revisions of snaps that are not in use. */
import type { ByteString } from '../byte-string.ts';

export type OldKernelsAndSnapsFacts = { readonly rule: 'old-kernels-and-snaps' } & (
  | {
      readonly kind: 'kernels';
      readonly old: readonly ByteString[];
      readonly running: ByteString;
      readonly kept: readonly ByteString[];
    }
  | {
      /** None of them runs here: a rescue system looks at them, or a container. */
      readonly kind: 'kernels-of-others';
      readonly directory: ByteString;
      readonly releases: readonly ByteString[];
      /** As `uname -r` says. */
      readonly running: ByteString | undefined;
      /** They lie where this system's would. */
      readonly isOwn: boolean;
    }
  | {
      readonly kind: 'snaps';
      readonly revisions: readonly {
        readonly snap: ByteString;
        readonly revision: ByteString;
        readonly diskBytes: number;
        readonly inUse: ByteString;
      }[];
      /** Those with another name in snapd's cache: their space comes back when that goes too. */
      readonly alsoCached: number;
    }
);
