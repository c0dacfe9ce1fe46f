/** What --check prints instead of a report. */
import { ExitCode } from '../../model/errors.ts';
import type { Terminal } from '../terminal/terminal.ts';
import type { Judged } from './conditions.ts';

/** Resolves to the code that a monitoring system reads. */
export async function printCheck(
  judging: Promise<Judged>,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<ExitCode> {
  const { lines, code } = await judging;
  if (signal.aborted) return await printUnknown('interrupted', terminal);
  await terminal.print(`${lines.join('\n')}\n`);
  return code;
}

/** Nothing can be told: the line says why. */
export async function printUnknown(why: string, terminal: Terminal): Promise<ExitCode> {
  const { unknownLine } = await import('./check-line.ts');
  await terminal.print(`${unknownLine(why)}\n`);
  return ExitCode.partial;
}
