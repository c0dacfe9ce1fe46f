/** Counts, names and sizes inside a sentence, the same in every sentence. Names stay bytes: whoever prints one escapes it. */
import { toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { grouped } from '../../model/grouped.ts';

/** "1 file", "2 files", "41,202 entries". */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** A name or path inside a sentence. */
export function quoted(name: ByteString): string {
  return toText(name);
}

/** "a, b, c and 4 more": the first few of a list. */
export function someOf(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} and ${grouped(names.length - most)} more` : shown;
}
