/** Files whose size misleads. */
import type { ByteString } from '../byte-string.ts';

export type PreallocatedOrSparseFacts = { readonly rule: 'preallocated-or-sparse' } & (
  | {
      readonly kind: 'reserved';
      readonly files: readonly {
        readonly path: ByteString;
        readonly diskBytes: number;
        readonly apparentBytes: number;
        /** Allocated and never written. */
        readonly reservedBytes: number;
      }[];
    }
  | {
      readonly kind: 'sparse';
      readonly files: readonly {
        readonly path: ByteString;
        readonly diskBytes: number;
        readonly apparentBytes: number;
      }[];
      readonly more: number;
    }
);
