/** A record's rows without an engine; the only file that knows hyparquet. */
import { readFileSync } from 'node:fs';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { toBuffer } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { recordColumns } from '../record/record.ts';
import { MOST_ROWS } from './engine.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

const PHYSICAL = { STRING: 'BYTE_ARRAY', INT64: 'INT64', DOUBLE: 'DOUBLE', BOOLEAN: 'BOOLEAN' } as const;

/** Undefined for what is no record of this schema. Whole numbers beyond 2⁵³ come as text, which JSON's readers take. */
export async function readRecord(path: ByteString): Promise<Row[] | undefined> {
  try {
    const bytes = readFileSync(toBuffer(path));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    const metadata = parquetMetadata(file);
    const [, ...columns] = metadata.schema;
    const isOurs = Object.entries(recordColumns).every(
      ([name, { type }], index) => columns[index]?.name === name && columns[index].type === PHYSICAL[type],
    );
    if (!isOurs || Number(metadata.num_rows) > MOST_ROWS) return undefined;
    const rows = await parquetReadObjects({ file, metadata });
    return rows.map((row) =>
      Object.fromEntries(
        Object.keys(recordColumns).map((name) => {
          const value: unknown = row[name];
          return [name, typeof value === 'bigint' ? value.toString() : ((value ?? null) as Row[string])];
        }),
      ),
    );
  } catch {
    // Whatever its bytes made of the reader.
    return undefined;
  }
}
