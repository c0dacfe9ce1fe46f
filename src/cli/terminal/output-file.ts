/** Results in a file of their own (`--output`): there whole or not at all, and never on a disk that is full. */
import { baseName, joinPath, parentPath, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import { UsageError } from '../../model/errors.ts';
import type { Usage } from '../../model/filesystem.ts';
import { formatShare, formatSize } from '../../render/terminal/size.ts';
import { lstatIfAny } from '../../system/calls/lstat.ts';
import { beginFile } from '../../system/directories/new-file.ts';
import type { NewFile } from '../../system/directories/new-file.ts';
import { readUsage } from '../../system/filesystems/filesystems.ts';
import { OutputError } from './output.ts';
import type { Terminal } from './terminal.ts';

export interface OutputFile extends Disposable {
  /** The terminal with this file in the place of standard output. */
  readonly terminal: Terminal;
  /**
   * Once it returns, the file stands under its name. Throws OutputError.
   * @param isWhole where nothing was printed: that this is all there is to print. Otherwise the file stays as it was.
   */
  readonly finish: (isWhole: boolean) => void;
}

/** What is printed is rarely larger; where less is free, others need it more. */
const LEAST_FREE = 4 * 2 ** 20;
/** As the report colours it: from here on it is said where the file went. */
const FULL_SHARE = 0.95;
/** As a shell makes files for its `>`; the umask takes its part. */
const MODE = 0o666;

/**
 * Throws UsageError where it cannot be written, before anything is looked at. Until something is printed the file is not
 * begun, so that no scan counts it.
 * @param path of the file. @param ownUid who asks.
 */
export function openOutputFile(
  path: ByteString,
  ownUid: number,
  isQuiet: boolean,
  terminal: Terminal,
): OutputFile {
  const directory = path.includes('/') ? parentPath(path) : ('.' as ByteString);
  const stat = lstatIfAny(path);
  // A pipe or a device takes bytes as they come: to open it is to use it.
  const isStream = stat !== undefined && !stat.isFile() && !stat.isDirectory() && !stat.isSymbolicLink();
  const usage = isStream ? undefined : usageOf(directory);
  if (usage && usage.availableBytes < LEAST_FREE)
    throw new UsageError(
      `not written: only ${size(usage.availableBytes)} are free there, and that is for what needs it; --output ${toText(joinPath('/dev/shm' as ByteString, baseName(path)))} is memory`,
      path,
    );
  // Whether it can be made is better known before an hour's work than after it.
  if (!isStream) beginFile(path, MODE, ownUid)[Symbol.dispose]();
  let file: NewFile | undefined;
  let bytes = 0;
  return {
    terminal: {
      ...terminal,
      isOutputTerminal: false,
      wantsColor: (when) => when === 'always',
      print: (text) => {
        orOutputError(() => {
          file ??= beginFile(path, MODE, ownUid);
          const part = Buffer.from(text);
          file.write(part);
          bytes += part.length;
        });
        return Promise.resolve(true);
      },
    },
    finish: (isWhole) => {
      if (!file && !isWhole) return;
      orOutputError(() => {
        file ??= beginFile(path, MODE, ownUid);
        file.finish();
      });
      if (usage && !isQuiet && fullness(usage) >= FULL_SHARE)
        terminal.writeError(
          `diskwhy: ${size(bytes)} of it were written to a disk that is ${formatShare(fullness(usage), 1)} full\n`,
        );
    },
    [Symbol.dispose]: () => file?.[Symbol.dispose](),
  };
}

/** Undefined where it cannot be asked: what is wrong there is said when the file is begun. */
function usageOf(directory: ByteString): Usage | undefined {
  try {
    return readUsage(directory);
  } catch {
    return undefined;
  }
}

function fullness({ usedBytes, availableBytes }: Usage): number {
  return usedBytes / Math.max(1, usedBytes + availableBytes);
}

/** What was done until then stays done: it is no refusal any more. */
function orOutputError(step: () => void): void {
  try {
    step();
  } catch (error) {
    if (error instanceof UsageError) throw new OutputError(`${toText(error.path!)}: ${error.message}`);
    throw error;
  }
}

function size(bytes: number): string {
  return formatSize(bytes, { exact: false });
}
