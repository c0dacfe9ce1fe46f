/** How processes are named in a sentence. */
import type { ProcessIdentity } from '../../model/process.ts';
import { processName } from '../../model/process.ts';

/** "nginx (pid 812)". */
export function processWord(process: ProcessIdentity): string {
  return `${processName(process)} (pid ${process.pid})`;
}
