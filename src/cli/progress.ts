/** The progress line of a scan: on a terminal only, after a moment only, and gone when the report comes. */
import { displayName } from '../render/escape.ts';
import { formatCount, formatSize } from '../render/size.ts';
import { cutMiddle } from '../render/text-width.ts';
import type { ScanHooks, ScanProgress } from '../scan/scan.ts';
import type { Terminal } from './terminal.ts';

const FIRST_MS = 300;
const EVERY_MS = 100;

export interface ProgressLine extends Disposable {
  readonly hooks: Pick<ScanHooks, 'wantsProgress' | 'onProgress'>;
}

/** Draws to stderr; erased when disposed. */
export function showProgress(terminal: Terminal, quiet: boolean): ProgressLine {
  if (quiet || !terminal.isErrorTerminal) return { hooks: {}, [Symbol.dispose]: () => undefined };
  let next = performance.now() + FIRST_MS;
  let shown = false;
  return {
    hooks: {
      wantsProgress: () => performance.now() >= next,
      onProgress: (progress) => {
        next = performance.now() + EVERY_MS;
        shown = true;
        terminal.writeError(`\r\u001B[K${cutMiddle(progressText(progress), terminal.width - 1)}`);
      },
    },
    [Symbol.dispose]: () => {
      if (shown) terminal.writeError('\r\u001B[K');
    },
  };
}

function progressText({ entries, diskBytes, seconds, path }: ScanProgress): string {
  const rate = formatCount(Math.round(entries / seconds));
  const place = path === undefined ? '' : `   ${displayName(path)}`;
  return `${formatCount(entries)} entries   ${formatSize(diskBytes, { exact: false })}   ${rate}/s${place}`;
}
