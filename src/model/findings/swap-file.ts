/** Files the kernel swaps to. */
import type { ByteString } from '../byte-string.ts';

export type SwapFileFacts = { readonly rule: 'swap-file'; readonly file: ByteString } & (
  | {
      readonly kind: 'active';
      readonly totalBytes: number;
      readonly usedBytes: number;
      /** Memory that programs could get; undefined where the kernel does not say. */
      readonly availableBytes: number | undefined;
    }
  | { readonly kind: 'inactive'; readonly isInFstab: boolean }
);
