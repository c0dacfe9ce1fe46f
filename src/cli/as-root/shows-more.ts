/** Whether root would see what a report could not. */
import type { ExplainReport } from '../../model/explain-report.ts';
import type { LedgerNote } from '../../model/ledger-note.ts';

const ROOT_ONLY: ReadonlySet<LedgerNote['code']> = new Set([
  'processes-not-shown',
  'processes-hidden',
  'mounts-not-looked-under',
  'device-unreadable',
]);
const DENIED: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);

/** Of a report that was not made by root. */
export function rootWouldSeeMore({ scan, filesystems }: ExplainReport): boolean {
  return (
    scan.problems.items.some(({ code }) => DENIED.has(code)) ||
    filesystems.some(({ ledger }) =>
      ledger.accounts.some(({ note }) => note !== undefined && ROOT_ONLY.has(note.code)),
    )
  );
}
