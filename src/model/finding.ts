/** A reason for used space, with evidence and what to do about it. */
import type { ByteString } from './byte-string.ts';

/** `safe`: nothing but the bytes is lost. `review`: a person should look first. `never`: not by hand. */
export type Risk = 'safe' | 'review' | 'never';

export interface Remedy {
  /** What to do, as a person would say it. */
  readonly text: string;
  /** A command line to copy, or undefined where none does it. */
  readonly command: string | undefined;
}

export interface Finding {
  /** The rule's name, e.g. "deleted-open". */
  readonly rule: string;
  /** What it is, in a few words, e.g. "deleted, still open". */
  readonly title: string;
  /** Bytes on disk of what the finding is about. */
  readonly diskBytes: number;
  /** The part of them that no finding before this one explains: claims never overlap. 0 for a finding that only informs. */
  readonly claimedBytes: number;
  /** What comes back if the remedy is followed. */
  readonly freeableBytes: number;
  /** Where, the largest first. */
  readonly paths: readonly ByteString[];
  /** Sentences a person can check. */
  readonly evidence: readonly string[];
  readonly remedy: Remedy;
  readonly risk: Risk;
  /** Something fails now because of it, however few bytes it explains. */
  readonly urgent?: true;
}
