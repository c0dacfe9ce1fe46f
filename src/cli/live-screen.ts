/**
 * A whole terminal for a program that draws itself: the alternate screen, no cursor, keys as they are typed. However the
 * process ends, short of SIGKILL, the terminal is given back as it was.
 */

export interface LiveScreen extends Disposable {
  readonly size: () => { readonly width: number; readonly height: number };
  /** Replaces what is shown. At most as many lines as there is height. */
  readonly draw: (lines: readonly string[]) => void;
}

export interface LiveScreenEvents {
  readonly onKey: (key: string) => void;
  /** The size has changed, or the screen is back from the background: draw again. */
  readonly onRedraw: () => void;
}

const ENTER = '\u001B[?1049h\u001B[?25l\u001B[?7l';
const LEAVE = '\u001B[?7h\u001B[?25h\u001B[?1049l';
const CONTROL_C = '\u0003';
const CONTROL_Z = '\u001A';

export function openLiveScreen({ onKey, onRedraw }: LiveScreenEvents): LiveScreen {
  const { stdin, stdout } = process;
  let isOpen = false;

  const enter = (): void => {
    if (isOpen) return;
    isOpen = true;
    stdout.write(ENTER);
    if (stdin.isTTY) stdin.setRawMode(true);
  };
  const leave = (): void => {
    if (!isOpen) return;
    isOpen = false;
    if (stdin.isTTY) stdin.setRawMode(false);
    stdout.write(LEAVE);
  };
  const onData = (data: Buffer): void => {
    for (const key of data.toString('latin1')) {
      // In raw mode the terminal sends no signals: they are given to whoever listens for them.
      if (key === CONTROL_C) process.kill(process.pid, 'SIGINT');
      else if (key === CONTROL_Z) {
        leave();
        process.kill(process.pid, 'SIGSTOP');
      } else onKey(key);
    }
  };
  const onContinue = (): void => {
    enter();
    onRedraw();
  };

  process.on('exit', leave);
  process.on('SIGCONT', onContinue);
  stdout.on('resize', onRedraw);
  if (stdin.isTTY) {
    stdin.on('data', onData);
    stdin.resume();
  }
  enter();
  return {
    size: () => ({ width: stdout.columns || 80, height: stdout.rows || 24 }),
    draw: (lines) => {
      if (!isOpen) return;
      // Each line is erased before it is written: after it, a line that fills the width would lose its last character.
      stdout.write(`\u001B[H${lines.map((line) => `\u001B[2K${line}`).join('\r\n')}\u001B[J`);
    },
    [Symbol.dispose]: () => {
      leave();
      process.off('exit', leave);
      process.off('SIGCONT', onContinue);
      stdout.off('resize', onRedraw);
      if (stdin.isTTY) {
        stdin.off('data', onData);
        stdin.pause();
      }
    },
  };
}
