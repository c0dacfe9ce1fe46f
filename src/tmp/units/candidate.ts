/** A unit before it is judged: what the scan and one look at its top entry say. */
import type { BigIntStats } from 'node:fs';
import type { CatalogueEntry } from '../../catalogue/catalogue.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { UnitFingerprint } from '../../model/delete-plan.ts';
import type { FileId } from '../../model/file-id.ts';
import type { Timestamp } from '../../model/tmp-reason.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';

export interface Candidate {
  readonly path: ByteString;
  readonly name: ByteString;
  /** Index of its UnitRoot. */
  readonly root: number;
  readonly stat: BigIntStats;
  readonly kind: TmpUnit['kind'];
  /** The catalogue's entry that claims the path. */
  readonly entry: CatalogueEntry | undefined;
  /** Names in it that the entry says must stay. */
  readonly keeps: readonly ByteString[];
  readonly diskBytes: number;
  readonly apparentBytes: number;
  readonly freeableBytes: number;
  /** Names, itself included. */
  readonly entries: number;
  /** The newest of each timestamp in it, seconds since 1970; -Infinity for none. */
  readonly newest: Readonly<Record<Timestamp, number>>;
  /** An earlier run was interrupted while it deleted it. */
  readonly isUnfinished: boolean;
  /** Levels of directories below. */
  readonly height: number;
  /** Bits of LIFE_FLAG. */
  readonly flags: number;
  readonly sockets: readonly ByteString[];
  /** What is held in it, as far as it was listed. */
  readonly held: readonly FileId[];
  /** What options and settings speak of, in it or itself. */
  readonly named: readonly FileId[];
  /** Entries in it that `--keep` fits by their names, as far as they were listed. */
  readonly kept: readonly ByteString[];
  /** Everything in it was read. */
  readonly isComplete: boolean;
  readonly fingerprint: UnitFingerprint;
}
