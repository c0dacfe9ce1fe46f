/** `diskwhy report [path…] -o FILE`: the report as one page to keep, send or print. */
import { ExitCode } from '../../model/errors.ts';
import { explain } from '../../explain/explain.ts';
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
  const { paths, problems } = await usablePaths(request.operands, terminal, { needsAll: false });
  using interrupt = listenForInterrupt();
  using line = openProgressLine(terminal, options.quiet);
  const asked = { ...options, ...readCaller(), paths, ...PAGE_LIMITS, minBytes: 0, apparent: false };
  const [report, page] = await Promise.all([
    explain(asked, { ...scanProgress(line), signal: interrupt.signal }),
    loadPage(),
  ]);
  await terminal.print(page(report));
  if (report.scan.interrupted) return ExitCode.interrupted;
  return report.complete && problems.length === 0 ? ExitCode.done : ExitCode.partial;
}
