/** A reason for used space, with evidence and what to do about it. */
import type { ByteString } from './byte-string.ts';

export interface Finding {
  /** The rule's name, e.g. "deleted-open". */
  readonly rule: string;
  readonly title: string;
  readonly diskBytes: number;
  readonly freeableBytes: number;
  readonly paths: readonly ByteString[];
  /** Sentences a person can check. */
  readonly evidence: readonly string[];
  readonly remedy: { readonly text: string; readonly command: string | undefined };
  readonly risk: 'safe' | 'review' | 'never';
}
