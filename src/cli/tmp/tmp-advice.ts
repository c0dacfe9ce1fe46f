/** What to type after a report of `diskwhy tmp`, to have deleted what it found. */
import { fromText, joinPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Deletion } from '../../model/deletion.ts';
import { shellLine } from '../../remedies/remedies.ts';
import { entryCount } from '../../render/screens/tmp/tmp.ts';

/** @param words the command line that made the report. @param count units that may go. */
export function adviceLine(words: readonly ByteString[], count: number): string {
  if (count === 0) return 'Nothing was deleted, and nothing here may be.';
  const dashes = words.indexOf('--' as ByteString);
  // Behind the dashes it would be a path.
  const again = words.toSpliced(dashes < 0 ? words.length : dashes, 0, '--delete' as ByteString);
  return `Nothing was deleted.  diskwhy ${shellLine(again)}  removes the ${entryCount(count)}.`;
}

/**
 * The command that brings back what a run moved aside; undefined where nothing was written down.
 * @param named whether --journal said where the journal is.
 */
export function undoLine({ run, journal }: Deletion, named: boolean): string | undefined {
  if (journal === undefined) return undefined;
  const where = named
    ? ['--journal', journal.startsWith('/') ? journal : joinPath(fromText(process.cwd()), journal)]
    : [];
  return shellLine(['diskwhy', 'tmp', ...where, '--restore', run].map((word) => word as ByteString));
}
