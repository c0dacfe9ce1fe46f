/** The columns of a record, version 1: one row for each thing that is known of a host, `kind` says what. docs/fleet.md explains them. */

/** Raised when a column is added, removed or means something else; readers skip what they do not know. */
export const SCHEMA_VERSION = 1;

type RecordKind = 'host' | 'filesystem' | 'account' | 'finding' | 'directory' | 'log';

/** In this order in the file. `required` columns are never null. */
export const recordColumns = {
  kind: { type: 'STRING', required: true },
  machine: { type: 'STRING', required: true },
  recorded_seconds: { type: 'INT64', required: true },
  version: { type: 'STRING', required: true },
  mount: { type: 'STRING', required: false },
  name: { type: 'STRING', required: false },
  class: { type: 'STRING', required: false },
  path: { type: 'STRING', required: false },
  risk: { type: 'STRING', required: false },
  program: { type: 'STRING', required: false },
  step: { type: 'STRING', required: false },
  disk_bytes: { type: 'INT64', required: false },
  freeable_bytes: { type: 'INT64', required: false },
  total_bytes: { type: 'INT64', required: false },
  available_bytes: { type: 'INT64', required: false },
  reserved_bytes: { type: 'INT64', required: false },
  inodes: { type: 'INT64', required: false },
  inodes_used: { type: 'INT64', required: false },
  entries: { type: 'INT64', required: false },
  problems: { type: 'INT64', required: false },
  since_seconds: { type: 'INT64', required: false },
  bytes_per_second: { type: 'DOUBLE', required: false },
  confidence: { type: 'DOUBLE', required: false },
  scan_seconds: { type: 'DOUBLE', required: false },
  complete: { type: 'BOOLEAN', required: false },
} as const;

export type RecordColumn = keyof typeof recordColumns;

type ValueOf<Type> = Type extends 'STRING' ? string : Type extends 'BOOLEAN' ? boolean : number;

/** A column that is left out is null. Bytes, counts and seconds are whole numbers where the column is INT64. */
export type RecordRow = { readonly kind: RecordKind } & {
  readonly [Name in Exclude<RecordColumn, 'kind' | 'machine' | 'recorded_seconds' | 'version'>]?:
    | ValueOf<(typeof recordColumns)[Name]['type']>
    | undefined;
};

/** Whose record it is, and of when. */
export interface RecordHead {
  /** What the host is called; a value of a partition. */
  readonly host: string;
  /** Tells two hosts with one name apart: 16 hexadecimal digits. */
  readonly machine: string;
  /** Seconds since 1970, by the host's clock. */
  readonly recordedAt: number;
  /** Of diskwhy. */
  readonly version: string;
}

/** All columns of a row, with what each row of a record has. */
export function wholeRow({ machine, recordedAt, version }: RecordHead, row: RecordRow) {
  return { machine, recorded_seconds: Math.floor(recordedAt), version, ...row };
}
