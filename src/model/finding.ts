/** A reason for used space: values only. What a person reads of it is made in render/words/findings. */
import type { Action, Refusal, Remedy, Risk } from './action.ts';
import type { CompressionUsage } from './btrfs-usage.ts';
import type { ByteString } from './byte-string.ts';
import type { RuleFacts } from './findings/rule-facts.ts';

/** What every finding has, whatever its rule. */
interface Measured {
  /** Bytes on disk of what the finding is about. */
  readonly diskBytes: number;
  /** The part of them that no finding before this one explains: claims never overlap. 0 for a finding that only informs. */
  readonly claimedBytes: number;
  /** Counted several times, because files share extents; taken off `claimedBytes`. */
  readonly sharedBytes?: number;
  /** Bytes of its large files that snapshots or copies have as well: they stay when it is deleted. */
  readonly elsewhereBytes?: number;
  /** What compression saves of the rest of its large files: it is not on disk, and does not come back. */
  readonly savedBytes?: number;
  /** How it is written on btrfs, where that was asked for and any of it is compressed. */
  readonly compression?: readonly CompressionUsage[];
  /** What comes back if the first remedy that frees anything is followed. */
  readonly freeableBytes: number;
  /** Where, the largest first. */
  readonly paths: readonly ByteString[];
  /** Of what lies there: `never` is not to be touched by hand, whatever its owner's command may do. */
  readonly risk: Risk;
  /** Something fails now because of it, however few bytes it explains. */
  readonly urgent?: true;
}

/** What a rule says before the gate has seen its actions, the best first. */
export type Proposal = Measured & RuleFacts & { readonly actions: readonly Action[] };

/** What a rule says, with the actions that passed the gate, the best first, and what it kept back. */
export type Finding = Measured &
  RuleFacts & { readonly remedies: readonly Remedy[]; readonly refusals: readonly Refusal[] };

export type RuleName = RuleFacts['rule'];

/** The finding of one rule. */
export type FindingOf<Rule extends RuleName> = Finding & Extract<RuleFacts, { readonly rule: Rule }>;
