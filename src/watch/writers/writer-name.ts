/** What a writer, or who stands behind it, is called in a sentence. */
import { commandText } from '../../model/command-text.ts';
import type { ProcessIdentity } from '../../model/process.ts';

/** "worker.service", "nginx (812)", "bash /srv/loop.sh (812)". */
export function writerName(process: ProcessIdentity): string {
  if (process.unit?.endsWith('.service') && process.pid !== 1) return process.unit;
  return `${commandText(process)} (${process.pid})`;
}
