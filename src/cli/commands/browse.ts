/** `diskwhy browse [path]`: look around in a tree, with the why beside the what. */
import { firstState } from '../../browse/browse.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { ExitCode, UsageError } from '../../model/errors.ts';
import { createStyle } from '../../render/terminal/style.ts';
import type { MountAnswers } from '../../system/mounts/mount-answers.ts';
import { realPath } from '../../system/calls/real-path.ts';
import { isDirectoryPath } from '../../system/directories/root-directory.ts';
import { BrowseSession } from '../browse/browse-session.ts';
import { FileSource } from '../browse/browse-file-source.ts';
import { ScanSource } from '../browse/browse-scan-source.ts';
import { SinceSource } from '../browse/browse-since-source.ts';
import { openAnswers } from '../invocation/answering.ts';
import { readCaller } from '../invocation/caller.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { allPaths } from '../invocation/operands.ts';
import { dashed, optionTable } from '../options/option-table.ts';
import type { OptionKey } from '../options/option-table.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import { sinceFile } from '../snapshots/since-file.ts';
import type { Terminal } from '../terminal/terminal.ts';

export async function runBrowse(
  { options, operands, given }: Request<'browse'>,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!terminal.isOutputTerminal || !terminal.canAsk || !terminal.canMove)
    throw new UsageError(
      'browse needs a terminal to draw on and to read keys from; diskwhy [PATH] prints a report, --json for programs',
    );
  const { apparent, exactBytes, color } = options;
  // The screen goes on, whatever other threads wait for.
  using interrupt = listenForInterrupt(options.timeoutMs, false);
  using answers = await openAnswers(options.timeoutMs);
  const { from } = options;
  refuseBoth(from, operands, given);
  const root = from ?? (await rootOf(operands, terminal, answers));
  const since = options.since && (await sinceFile(options.since, root));
  using session = new BrowseSession(
    (width, height) =>
      firstState(
        root,
        { by: apparent ? 'apparent' : 'disk', descending: true, directoriesFirst: false },
        width,
        height,
        from !== undefined,
      ),
    {
      style: createStyle(terminal.wantsColor(color)),
      sizes: { exact: exactBytes },
      apparent,
      top: 0,
    },
    from === undefined ? scanSource(root, options) : new FileSource(from),
    since === undefined ? undefined : new SinceSource(since, from === undefined ? root : undefined),
    terminal.drawn,
    async () => new (await import('../browse/browse-cleaner.ts')).BrowseCleaner(options),
  );
  session.start();
  const interrupted = new Promise<'interrupted'>((resolve) => {
    interrupt.signal.addEventListener('abort', () => resolve('interrupted'), { once: true });
  });
  const how = await Promise.race([session.ended, interrupted]);
  return how === 'interrupted' ? ExitCode.interrupted : ExitCode.done;
}

/** Without a link in it, and a directory. */
async function rootOf(
  operands: readonly ByteString[],
  terminal: Terminal,
  answers: MountAnswers,
): Promise<ByteString> {
  const [path] = await allPaths(operands.length > 0 ? operands : ['.' as ByteString], terminal, answers);
  if (!isDirectoryPath(path)) throw new UsageError('is not a directory; name the one it lies in', path);
  return realPath(path) ?? path;
}

/** What is seen while it is read, with what explain() finds of it. */
function scanSource(
  root: ByteString,
  { exclude, crossMounts, threads, source, apparent }: OptionsOf<'browse'>,
): ScanSource {
  return new ScanSource(root, {
    ...readCaller(),
    paths: [root],
    wholeFilesystems: false,
    exclude,
    crossMounts,
    threads,
    source,
    apparent,
    depth: 1,
    top: 1,
    minBytes: 0,
    minShare: 1,
  });
}

/** They are about this machine, or about how it is read. */
const LIVE_ONLY: readonly OptionKey[] = ['exclude', 'crossMounts', 'threads', 'source'];

function refuseBoth(
  from: ByteString | undefined,
  operands: readonly ByteString[],
  given: ReadonlySet<OptionKey>,
): void {
  if (from === undefined) return;
  if (operands.length > 0) throw new UsageError('--from stands in place of a path; leave one of them out');
  if (from === '-') throw new UsageError('browse reads keys from standard input; name the file for --from');
  const live = LIVE_ONLY.find((key) => given.has(key));
  if (live !== undefined)
    throw new UsageError(
      `${dashed(optionTable[live].name)} asks the machine itself, and --from reads what was written down before`,
    );
}
