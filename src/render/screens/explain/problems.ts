/** What could not be read, said once and plainly. */
import type { ScanResult } from '../../../model/scan-result.ts';
import { displayName } from '../../terminal/escape.ts';
import type { Screen } from '../../terminal/screen.ts';
import { formatCount } from '../../terminal/size.ts';
import { cutMiddle } from '../../terminal/text-width.ts';

/** The JSON has them all. */
const MOST = 5;

export function problemLines({ problems, interrupted }: ScanResult, screen: Screen): string[] {
  const lines: string[] = [];
  if (interrupted) lines.push(screen.style.bad('Interrupted: this is what was read until then.'));
  if (problems.count > 0) {
    const what =
      problems.count === 1
        ? '1 path could not be read'
        : `${formatCount(problems.count)} paths could not be read`;
    lines.push(screen.style.warning(`${what}: totals marked ≥ are at least what is shown.`));
    for (const { path, operation, code } of problems.items.slice(0, MOST)) {
      const reason = code === 'ETIMEDOUT' ? 'does not answer:' : `${code} ${operation}`;
      lines.push(`  ${reason}  ${cutMiddle(displayName(path), screen.width - reason.length - 4)}`);
    }
    if (problems.count > MOST) lines.push(screen.style.dim('  --json lists them all'));
  }
  return lines;
}
