/** The line that runs the same as root, where root would see more. */
import type { ExplainReport } from '../../model/explain-report.ts';
import { fromText } from '../../model/byte-string.ts';
import { shellLine } from '../../remedies/remedies.ts';
import { asRootText } from '../../render/words/as-root.ts';
import { readWords } from '../command-line/read-words.ts';
import { commandForRoot, readInstallation } from '../invocation/own-command.ts';
import { rootWouldSeeMore } from './shows-more.ts';

/** None where the user `uid` is root, or sees all there is. */
export function asRootLines(report: ExplainReport, uid: number): string[] {
  if (uid === 0 || !rootWouldSeeMore(report)) return [];
  return [asRootText(shellLine([fromText('sudo'), ...commandForRoot(readInstallation()), ...readWords()]))];
}
