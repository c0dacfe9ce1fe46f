/** A report for other machines rather than for a screen: of what was named, as the options say, without a tree to look at. */
import type { ByteString } from '../../model/byte-string.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import type { SourceName } from '../../model/scan-result.ts';
import { explain } from '../../explain/explain.ts';
import { readCaller } from '../invocation/caller.ts';
import { openProgressLine, scanProgress } from '../terminal/progress.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** Of the options. */
export interface ReportOptions {
  readonly wholeFilesystems: boolean;
  readonly source: 'auto' | SourceName;
  readonly threads: number | undefined;
  readonly exclude: readonly string[];
  readonly crossMounts: boolean;
  readonly quiet: boolean;
}

/** How much of the tree is told. */
export interface TreeAsked {
  readonly depth: number;
  /** Directories smaller than this share of their root are left out. */
  readonly minShare: number;
  readonly top: number;
}

/** No directory is told of. */
export const NO_TREE: TreeAsked = { depth: 0, minShare: 1, top: 0 };

/** Throws UsageError for a path that cannot be looked at. */
export async function machineReport(
  paths: readonly ByteString[],
  options: ReportOptions,
  tree: TreeAsked,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<ExplainReport> {
  using line = openProgressLine(terminal, options.quiet);
  const { wholeFilesystems, source, threads, exclude, crossMounts } = options;
  return await explain(
    {
      ...readCaller(),
      ...tree,
      paths,
      wholeFilesystems,
      source,
      threads,
      exclude,
      crossMounts,
      apparent: false,
      minBytes: 0,
    },
    { ...scanProgress(line), signal },
  );
}
