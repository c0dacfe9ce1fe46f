/** The door of the records: one file of a host's report, in the folders that engines for many files expect. */
import type { ExplainReport } from '../../model/explain-report.ts';
import { linesOf, parquetOf } from './record-file.ts';
import { placeOfRecord } from './record-place.ts';
import type { RecordFormat } from './record-place.ts';
import { recordRows } from './record-rows.ts';
import type { RecordHead, RecordRow } from './record-schema.ts';

export { HOST_NAME, readPlace, sumOf } from './record-place.ts';
export type { RecordFormat, RecordPlace } from './record-place.ts';
export { recordColumns, SCHEMA_VERSION } from './record-schema.ts';
export type { RecordColumn, RecordHead, RecordRow } from './record-schema.ts';

/** A file that is to be written. */
export interface RecordFile {
  readonly folder: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** A report as a record. */
export function recordOf(head: RecordHead, report: ExplainReport, format: RecordFormat): RecordFile {
  return fileOf(head, recordRows(report), format);
}

/** Rows as a record, for who has no report: a simulation. */
export function fileOf(head: RecordHead, rows: readonly RecordRow[], format: RecordFormat): RecordFile {
  const bytes = format === 'parquet' ? parquetOf(head, rows) : linesOf(head, rows);
  return { ...placeOfRecord(head, bytes, format), bytes };
}
