/** `diskwhy report [path…] -o FILE`: the report as one page to keep, send or print. */
import { ExitCode } from '../../model/errors.ts';
import { explain } from '../../explain/explain.ts';
import { openAnswers, silentMounts } from '../answering.ts';
import { readCaller } from '../caller.ts';
import { loadPage, PAGE_LIMITS, refuseTerminal } from '../html-page.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { usablePaths } from '../operands.ts';
import type { Request } from '../options/typed-options.ts';
import { openProgressLine, scanProgress } from '../progress.ts';
import type { Terminal } from '../terminal.ts';

export async function runReport(request: Request<'report'>, terminal: Terminal): Promise<ExitCode> {
  const { options } = request;
  refuseTerminal(terminal);
  using interrupt = listenForInterrupt(options.timeoutMs);
  using answers = await openAnswers(options.timeoutMs);
  const { paths, problems } = await usablePaths(request.operands, terminal, answers, { needsAll: false });
  using line = openProgressLine(terminal, options.quiet);
  const asked = { ...options, ...readCaller(), paths, ...PAGE_LIMITS, minBytes: 0, apparent: false };
  const [report, page] = await Promise.all([
    explain(asked, { ...scanProgress(line), signal: interrupt.signal }),
    loadPage(),
  ]);
  await terminal.print(page(report));
  if (report.scan.interrupted) return ExitCode.interrupted;
  const silent = await silentMounts(answers, paths);
  return report.complete && problems.length + silent.length === 0 ? ExitCode.done : ExitCode.partial;
}
