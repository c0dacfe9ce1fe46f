/** Typed arrays that grow: the scan keeps millions of numbers and no object per entry. */

type Column =
  | Float64Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>;

/** `column` with room for at least `length` elements, twice as long where it had to grow; its values are kept. */
export function withRoom<T extends Column>(column: T, length: number): T {
  if (length <= column.length) return column;
  let capacity = Math.max(16, column.length * 2);
  while (capacity < length) capacity *= 2;
  const grown = new (column.constructor as new (length: number) => T)(capacity);
  grown.set(column);
  return grown;
}

/** A set of columns that grow together, row by row. */
export type Columns = Record<string, Column>;

/** Gives every column of `columns` room for `length` rows. */
export function growColumns(columns: Columns, length: number): void {
  for (const name of Object.keys(columns)) columns[name] = withRoom(columns[name], length);
}
