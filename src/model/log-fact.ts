/** What speaks for a verdict on a log, as values that a person can count or look up in the log. Shares are 0–1. */

import type { ByteString } from './byte-string.ts';
import type { RootCause } from './root-cause.ts';

/** Text as it stands in a log, `<*>` where values vary: control characters are still in it. */
type LogText = string;

export type LogFact =
  /** Patterns that come together, round after round, and what part of the lines read they make. */
  | {
      readonly kind: 'cycle';
      readonly patterns: number;
      readonly share: number;
      readonly lines: number;
      /** How many rounds hold the same patterns; null where there is one pattern, or rounds differ. */
      readonly together: 'always' | 'mostly' | null;
      /** Null where the log has no usable times. */
      readonly everySeconds: number | null;
      /** Null where rounds do not come regularly: then `everySeconds` is a mean. */
      readonly spreadSeconds: number | null;
    }
  /** What differs from one round to the next besides times, counters and ids. */
  | {
      readonly kind: 'variation';
      readonly values: 'none' | 'few';
      /** Process ids, one after the other; 1 where it stays the same, null where lines carry none. */
      readonly processes: number | null;
    }
  /** A supervisor says that it starts the program again. */
  | { readonly kind: 'supervisor'; readonly message: LogText }
  | { readonly kind: 'program-start'; readonly message: LogText; readonly count: number }
  /** The address it wants to listen on is taken, which ends most servers. */
  | { readonly kind: 'address-taken' }
  /** A process does not outlive one of the lines. */
  | { readonly kind: 'fatal-line' }
  /** How fast a loop's rounds come. */
  | {
      readonly kind: 'pace';
      readonly roundsPerHour: number;
      /** Spread ÷ mean of the pauses: 0 clockwork, 1 random; null where rounds were too few. */
      readonly variation: number | null;
      /** Seconds since 1970 of the last round where it has stopped, null where it goes on. */
      readonly endedSeconds: number | null;
    }
  /** Rounds alike, but so far apart that nothing is burnt by them. */
  | { readonly kind: 'slow-rounds'; readonly rounds: number; readonly spanSeconds: number }
  /** Pauses double until they start again. */
  | { readonly kind: 'back-off' }
  /** Failures that `clients` cause, or that are of something else each time. */
  | {
      readonly kind: 'failures';
      readonly origin: 'clients' | 'various';
      readonly share: number;
      readonly patterns: number;
    }
  | {
      readonly kind: 'commonest-failure';
      readonly message: LogText;
      readonly count: number;
      /** How much of its values is new each time. */
      readonly newShare: number;
    }
  /** Lines of an access log. */
  | { readonly kind: 'requests'; readonly share: number }
  | { readonly kind: 'new-content'; readonly share: number }
  /** Lines of a form that was seen fewer than `below` times. */
  | { readonly kind: 'rare-forms'; readonly share: number; readonly below: number }
  /** Lines that speak of failure. */
  | { readonly kind: 'failing-lines'; readonly share: number }
  | {
      readonly kind: 'common-forms';
      readonly patterns: number;
      readonly share: number;
      readonly lines: number;
      readonly newShare: number;
    }
  /** Of several programs in one log, the one that the verdict is about: its part of the lines and bytes read. */
  | {
      readonly kind: 'program';
      readonly name: LogText;
      readonly lines: number;
      readonly share: number;
      readonly byteShare: number;
    }
  /** A line that comes again and again with nothing new in it, where no verdict says why. */
  | {
      readonly kind: 'repeats';
      readonly message: LogText;
      readonly count: number;
      readonly share: number;
      readonly byteShare: number;
      /** Null where the log has no usable times. */
      readonly everySeconds: number | null;
      /** Who writes it; null where lines do not tell. */
      readonly program: LogText | null;
    }
  | { readonly kind: 'too-few-lines'; readonly lines: number }
  | { readonly kind: 'empty' }
  /** NUL bytes: it was truncated under a writer that keeps its offset. */
  | { readonly kind: 'hole'; readonly bytes: number };

/** What a supervised program's own log says of the failure. */
export interface OwnError {
  /** The log; null where the lines are in this machine's journal. */
  readonly path: ByteString | null;
  /** Whose entries of the journal: a unit's name or a container's id; null where a file has the lines. */
  readonly journal: LogText | null;
  readonly message: LogText;
}

/** The line of a loop that states what fails. */
export interface FailingStep {
  /** Who wrote the line, or what a supervisor says it of; null where lines do not tell. */
  readonly program: LogText | null;
  readonly message: LogText;
  /** One such line as it stands in the log. */
  readonly sample: LogText;
  /** In the part that was read. */
  readonly count: number;
  /** Whether the line says that something fails, or only what is tried, and no line how it ends. */
  readonly tells: 'failure' | 'attempt';
  /** Where the line only tells that the program ended: the error in the program's own log, if that is known. */
  readonly own: OwnError | null;
  /** What the error it names comes from, looked up on this machine; null where it names none. */
  readonly cause: RootCause | null;
}

/** Why a log could not be read, or not to its end. `message` is what the system or a tool says. */
export type LogProblem =
  | { readonly code: 'device' | 'not-text' | 'interrupted' | 'cut-short' | 'no-journalctl' }
  | { readonly code: 'packed'; readonly packing: 'xz' | 'bzip2' | 'lz4' }
  | { readonly code: 'damaged' | 'unreadable-journal' | 'read-failed'; readonly message: string };
