/** Directories with too many entries, and those left large when they were emptied. */
import type { ByteString } from '../byte-string.ts';

/** A form of names, `*` where they differ, and its share of the names looked at. */
export interface NameForm {
  readonly form: ByteString;
  /** 0 to 1. */
  readonly share: number;
}

export type HugeDirectoryFacts = {
  readonly rule: 'huge-directory';
  readonly directory: ByteString;
  /** Files directly in it. */
  readonly files: number;
  /** What the list of names takes itself. */
  readonly listBytes: number;
} & (
  | {
      readonly kind: 'crowded';
      /** Names that were looked at. */
      readonly sampled: number;
      readonly forms: readonly NameForm[];
      /** Seconds since 1970 of the latest change. */
      readonly changedAt: number;
    }
  | { readonly kind: 'left-large' }
);
