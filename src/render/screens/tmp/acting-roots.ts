/** Where a deletion is about to act: said before it begins, so that nobody deletes where they did not mean to. */
import type { ByteString } from '../../../model/byte-string.ts';
import type { TmpReport } from '../../../model/tmp-report.ts';
import { displayName } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { wrapWords } from '../../terminal/wrap.ts';

/** The roots that hold what is to be deleted. @param paths of the units. */
export function actingLines(report: TmpReport, paths: readonly ByteString[], screen: Screen): string[] {
  const wanted = new Set(paths);
  const roots = new Set(
    report.units.filter(({ path }) => wanted.has(path)).map(({ root }) => report.roots[root].path),
  );
  return roots.size === 0
    ? []
    : wrapWords('Acting in  ', [...roots].map(displayName).join(', '), screen.width);
}
