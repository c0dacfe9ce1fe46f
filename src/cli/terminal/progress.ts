/** The progress line: on a terminal only, after a moment only, and gone when the report comes. */
import type { ByteString } from '../../model/byte-string.ts';
import { displayName } from '../../render/terminal/escape.ts';
import { formatCount, formatSize } from '../../render/terminal/size.ts';
import { cutMiddle } from '../../render/terminal/text-width.ts';
import type { ScanHooks, ScanProgress } from '../../scan/scan.ts';
import type { Terminal } from './terminal.ts';

const FIRST_MS = 300;
const EVERY_MS = 100;

/** One line on stderr; erased when disposed. */
export interface ProgressLine extends Disposable {
  /** Whether it is time to say something new. */
  readonly isDue: () => boolean;
  readonly show: (text: string) => void;
}

/** Says nothing where nobody watches. */
export function openProgressLine(terminal: Terminal, quiet: boolean): ProgressLine {
  const isShown = !quiet && terminal.isErrorTerminal && terminal.canMove;
  let next = isShown ? performance.now() + FIRST_MS : Infinity;
  let shown = false;
  return {
    isDue: () => performance.now() >= next,
    show: (text) => {
      next = performance.now() + EVERY_MS;
      shown = true;
      terminal.writeError(`\r\u001B[K${cutMiddle(text, terminal.width - 1)}`);
    },
    [Symbol.dispose]: () => {
      if (shown) terminal.writeError('\r\u001B[K');
    },
  };
}

/** Tells how far a scan has come. */
export function scanProgress(line: ProgressLine): Pick<ScanHooks, 'wantsProgress' | 'onProgress'> {
  return { wantsProgress: line.isDue, onProgress: (progress) => line.show(scanText(progress)) };
}

/** Tells how far the reading of one file has come; to be called with the bytes of each piece read. */
export function readProgress(line: ProgressLine, path: ByteString): (bytes: number) => void {
  const started = performance.now();
  let read = 0;
  return (bytes) => {
    read += bytes;
    if (!line.isDue()) return;
    const perSecond = (read / (performance.now() - started)) * 1000;
    line.show(`${size(read)} read   ${size(Math.round(perSecond))}/s   ${displayName(path)}`);
  };
}

function scanText({ entries, diskBytes, seconds, path }: ScanProgress): string {
  const rate = formatCount(Math.round(entries / seconds));
  const place = path === undefined ? '' : `   ${displayName(path)}`;
  return `${formatCount(entries)} entries   ${size(diskBytes)}   ${rate}/s${place}`;
}

function size(bytes: number): string {
  return formatSize(bytes, { exact: false });
}
