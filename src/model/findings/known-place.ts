/** A place of the catalogue as a finding speaks of it. */
import type { ByteString } from '../byte-string.ts';

export interface KnownPlaceFact {
  /** The catalogue's entry. */
  readonly id: string;
  /** What it is, in the catalogue's words. */
  readonly what: string;
  readonly path: ByteString;
  readonly diskBytes: number;
}

/** What the catalogue says of what may be done. Its texts are data of the catalogue, shown as they are. */
export interface PlaceAdvice {
  readonly class: 'A' | 'B' | 'C' | 'D' | 'X';
  readonly advice: string | undefined;
  /** The owner's command with blanks for a person to fill in; undefined where there is none. */
  readonly blankCommand: string | undefined;
  readonly hasCommand: boolean;
  readonly trap: string | undefined;
}
