/** A record as a file's bytes: Parquet, or the same rows as lines of JSON. The only file that knows hyparquet-writer. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { recordColumns, wholeRow } from './record-schema.ts';
import type { RecordHead, RecordRow } from './record-schema.ts';

/** Values of a column, as the writer takes them. */
type Column = (string | number | bigint | boolean | null)[];

/** Parquet with one row group, compressed by Snappy, which every engine reads. */
export function parquetOf(head: RecordHead, rows: readonly RecordRow[]): Buffer {
  const whole: readonly Readonly<Record<string, unknown>>[] = rows.map((row) => wholeRow(head, row));
  const columnData = Object.entries(recordColumns).map(([name, { type, required }]) => ({
    name,
    type,
    nullable: !required,
    data: whole.map((row) => valueOf(row[name], type)),
    // They are for files of millions of rows.
    offsetIndex: false,
    statistics: false,
  }));
  const bytes = parquetWriteBuffer({
    columnData,
    createdBy: `diskwhy ${head.version}`,
    rowGroupSize: rows.length,
  });
  return Buffer.from(bytes);
}

function valueOf(value: unknown, type: string): Column[number] {
  if (value === undefined || value === null) return null;
  return type === 'INT64' ? BigInt(Math.round(value as number)) : (value as string | number | boolean);
}

/** One object a line, without columns that are null; host and day are in each, as no folder says them. */
export function linesOf(head: RecordHead, rows: readonly RecordRow[]): Buffer {
  const lines = rows.map((row) => `${JSON.stringify({ host: head.host, ...wholeRow(head, row) })}\n`);
  return Buffer.from(lines.join(''));
}
