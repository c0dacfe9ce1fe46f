/** Marks of the browser are entries, not names: what has taken the place of one since it was shown is not deleted for it. */
import type { Mark } from '../../browse/browse.ts';
import { parentPath } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { inodeNumber } from '../../model/file-id.ts';
import type { TmpReport } from '../../model/tmp-report.ts';

/** Said of a mark under whose name something else lies by now. */
export const REPLACED =
  'another entry has taken its place since it was shown; u takes marks away, r reads the directory again';

/** Marks under whose names something else lies by now. */
export function replaced(marks: readonly Mark[], report: TmpReport | undefined): ByteString[] {
  const now = new Map(report?.units.map(({ path, fingerprint }) => [path, fingerprint?.identity.id]));
  return marks.flatMap(({ path, inode }) => {
    const id = now.get(path);
    return id !== undefined && inode !== 0 && Number(inodeNumber(id)) !== inode ? [path] : [];
  });
}

/**
 * The report without what is refused. A database goes with its journals, or not at all: where one of a directory is refused, what nobody
 * marked stays too.
 */
export function without(
  report: TmpReport,
  refused: ReadonlyMap<ByteString, string>,
  marks: readonly Mark[],
): TmpReport {
  const marked = new Set(marks.map(({ path }) => path));
  const directories = new Set([...refused.keys()].map(parentPath));
  const units = report.units.filter(
    ({ path }) => !refused.has(path) && (marked.has(path) || !directories.has(parentPath(path))),
  );
  return { ...report, units };
}
