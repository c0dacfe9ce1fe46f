/** What to type after a report of `diskwhy tmp`, to have deleted what it found. */
import type { ByteString } from '../model/byte-string.ts';
import { shellLine } from '../remedies/remedies.ts';
import { entryCount } from '../render/screens/tmp/tmp.ts';

/** @param words the command line that made the report. @param count units that may go. */
export function adviceLine(words: readonly ByteString[], count: number): string {
  if (count === 0) return 'Nothing was deleted, and nothing here may be.';
  const dashes = words.indexOf('--' as ByteString);
  // Behind the dashes it would be a path.
  const again = words.toSpliced(dashes < 0 ? words.length : dashes, 0, '--delete' as ByteString);
  return `Nothing was deleted.  diskwhy ${shellLine(again)}  removes the ${entryCount(count)}.`;
}
