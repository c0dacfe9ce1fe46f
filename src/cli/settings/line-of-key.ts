/** Where a key stands in a TOML document, which its parser does not tell. */

/**
 * The line, from 1; that of its table's heading where the key is written in another way than usual, and 1 where not even
 * that is found.
 * @param table its heading; undefined for what stands before all headings.
 */
export function lineOfKey(text: string, table: string | undefined, key: string): number {
  let current: string | undefined;
  let heading = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const named = /^\s*\[\s*["']?([\w-]+)["']?\s*\]/u.exec(line)?.[1];
    if (named !== undefined) {
      current = named;
      if (named === table || (table === undefined && named === key)) heading = index;
    }
    const defined = /^\s*["']?([\w-]+)["']?\s*=/u.exec(line)?.[1];
    if (current === table && defined === key) return index + 1;
  }
  return heading + 1;
}
