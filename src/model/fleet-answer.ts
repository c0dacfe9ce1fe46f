/** What `diskwhy fleet` found out over many hosts, and what of their records it could not use. */

import type { ByteString } from './byte-string.ts';

export const FLEET_QUESTIONS = ['why', 'full', 'loops', 'grew', 'hosts', 'sql'] as const;
export type FleetQuestion = (typeof FLEET_QUESTIONS)[number];

export type FleetValue = string | number | bigint | boolean | null;

/**
 * Why a file does not count. `not-a-record`: its name is none. `damaged`: its bytes are not those that were written, or no
 * engine can read them. `old-schema`: of another version. `twice`: the same record lies elsewhere too. `clock-ahead`: of a
 * time that has not come. `wrong-day`: its folder says another day. `not-as-named`: its rows say another machine or time,
 * or figures that cannot be. `too-large`: no record has so many bytes. `unreadable`: the system does not give it.
 */
export type SkipReason =
  | 'not-a-record'
  | 'damaged'
  | 'old-schema'
  | 'twice'
  | 'clock-ahead'
  | 'wrong-day'
  | 'not-as-named'
  | 'too-large'
  | 'unreadable';

export interface SkippedRecord {
  /** Of a file or folder, or s3://BUCKET/KEY. */
  readonly path: ByteString;
  readonly reason: SkipReason;
}

export interface FleetAnswer {
  readonly question: FleetQuestion;
  /** Seconds since 1970: as of when. */
  readonly untilSeconds: number;
  readonly days: number;
  /** Records that were read, and the machines they are of. */
  readonly records: number;
  readonly machines: number;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly FleetValue[])[];
  readonly skipped: readonly SkippedRecord[];
  /** Machines whose newest record is too old to count: silent, or their clock is behind. */
  readonly silent: readonly { readonly host: string; readonly lastSeconds: number }[];
  /** Names that several machines go by; each machine counts. */
  readonly shared: readonly { readonly host: string; readonly machines: number }[];
}
