/** `diskwhy [path…]`, the default command: why is this disk full. */
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode } from '../../model/errors.ts';
import type { ExplainReport } from '../../model/explain-report.ts';
import { explain } from '../../explain/explain.ts';
import type { Command, RawArguments } from '../command.ts';
import { readCaller } from '../caller.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { parsePathsOrHere } from '../path-arguments.ts';
import { openProgressLine, scanProgress } from '../progress.ts';
import { parseSharedOptions, sharedOptions } from '../shared-options.ts';
import type { SharedOptions } from '../shared-options.ts';
import type { Terminal } from '../terminal.ts';
import { readVersion } from '../version.ts';

/** On a terminal, what is smaller than this share of the whole is left out of the tree. */
const WORTH_A_LINE = 0.01;

export const explainCommand: Command = {
  usage: '$0 [path..]',
  summary: 'explain a tree and the disk under it',
  positionals: {
    path: { type: 'string', array: true, describe: 'what to explain [the current directory]' },
  },
  options: {
    ...sharedOptions,
    filesystem: {
      type: 'boolean',
      describe: 'explain the whole filesystems the paths lie on',
      group: 'Scan:',
    },
    owners: {
      type: 'boolean',
      describe: 'add which package and which user owns the bytes',
      group: 'Scan:',
    },
    'fail-on-finding': {
      type: 'boolean',
      describe: 'exit with 1 where a finding is reported',
      group: 'Output:',
    },
  },
  examples: [
    ['diskwhy /var', 'where the bytes below /var are, and how full its disk is'],
    ['sudo diskwhy / --depth 5 --min-size 1G', 'everything of at least 1 GiB on the root filesystem'],
    ['diskwhy /usr --owners', 'which packages and users own the bytes, and what no package owns'],
    ['diskwhy ~ --exclude node_modules --json', 'JSON for a script'],
    ['diskwhy /srv /home --cross-mounts', 'two trees, other filesystems below them included'],
  ],
  run: runExplain,
};

async function runExplain(raw: RawArguments, terminal: Terminal): Promise<ExitCode> {
  const options = parseSharedOptions(raw);
  const paths = parsePathsOrHere(raw['path'], terminal);
  // What prints is loaded while the scan runs.
  const [report, print] = await Promise.all([
    scanWithProgress(
      paths,
      { ...options, wholeFilesystems: raw['filesystem'] === true, owners: raw['owners'] === true },
      terminal,
    ),
    options.json ? loadJson(options) : loadScreen(options, terminal),
  ]);
  await terminal.print(print(report));
  if (report.scan.interrupted) return ExitCode.interrupted;
  if (!report.complete) return ExitCode.partial;
  // What was written lately is told of every disk; it is no reason to fail.
  const found = report.findings.some(({ claimedBytes, urgent }) => claimedBytes > 0 || urgent === true);
  return raw['fail-on-finding'] === true && found ? ExitCode.found : ExitCode.done;
}

async function scanWithProgress(
  paths: readonly ByteString[],
  options: SharedOptions & { readonly wholeFilesystems: boolean; readonly owners: boolean },
  terminal: Terminal,
): Promise<ExplainReport> {
  using interrupt = listenForInterrupt();
  using line = openProgressLine(terminal, options.quiet);
  const minShare = options.minBytes === undefined && !options.json ? WORTH_A_LINE : 0;
  const request = {
    ...options,
    ...readCaller(),
    paths,
    minBytes: options.minBytes ?? 0,
    minShare,
  };
  return await explain(request, { ...scanProgress(line), signal: interrupt.signal });
}

async function loadJson(options: SharedOptions): Promise<(report: ExplainReport) => string> {
  const { explainJson } = await import('../../render/json/explain.ts');
  return (report) => `${JSON.stringify(explainJson(report, readVersion(), options.top), undefined, 2)}\n`;
}

async function loadScreen(
  options: SharedOptions,
  terminal: Terminal,
): Promise<(report: ExplainReport) => string> {
  const [{ explainLines }, { createStyle }] = await Promise.all([
    import('../../render/screens/explain/explain.ts'),
    import('../../render/terminal/style.ts'),
  ]);
  const screen = {
    width: terminal.isOutputTerminal ? terminal.width : Infinity,
    style: createStyle(options.color ?? terminal.wantsColor),
    sizes: { exact: options.exactBytes },
    apparent: options.apparent,
    top: options.top,
  };
  return (report) => `${explainLines(report, screen).join('\n')}\n`;
}
