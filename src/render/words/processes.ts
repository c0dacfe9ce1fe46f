/** How processes are named in a sentence. */
import { commandText } from '../../model/command-text.ts';
import type { Unseen } from '../../model/findings/unseen.ts';
import type { ProcessIdentity } from '../../model/process.ts';
import { processName } from '../../model/process.ts';

/** "nginx (pid 812)". */
export function processWord(process: ProcessIdentity): string {
  return `${processName(process)} (pid ${process.pid})`;
}

/** "nginx (pid 812, nginx.service)". */
function processWithUnit(process: ProcessIdentity): string {
  const { pid, unit, container } = process;
  const where = container === undefined ? unit : `container ${container.slice(0, 12)}`;
  return `${commandText(process)} (pid ${pid}${where === undefined ? '' : `, ${where}`})`;
}

/** "held open by nginx (pid 812, nginx.service)"; says so where nobody does, or where not everybody can be seen. */
export function writersText(writers: readonly ProcessIdentity[], { hidden, isBlind }: Unseen): string {
  if (writers.length > 0) return `held open by ${writers.slice(0, 3).map(processWithUnit).join(', ')}`;
  if (hidden > 0)
    return `no process that you can see holds it open (${hidden} ${hidden === 1 ? 'is' : 'are'} hidden from you)`;
  return isBlind ? 'no process that can be seen from here holds it open' : 'no process holds it open now';
}
