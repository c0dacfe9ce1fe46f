/**
 * A whole terminal for a program that draws itself: the alternate screen, no cursor, keys as they are typed. However the
 * process ends, short of SIGKILL, the terminal is given back as it was; while it is stopped, too.
 */
import { beforeAbruptEnd } from './give-back.ts';
import { ENTER_SCREEN, LEAVE_SCREEN } from './screen-codes.ts';

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

/** In raw mode the terminal sends no signals for these: they are given to whoever listens for them. */
const signalOfKey: Readonly<Record<string, NodeJS.Signals>> = {
  '\u0003': 'SIGINT',
  '\u001A': 'SIGTSTP',
  '\u001C': 'SIGQUIT',
};

export function openLiveScreen({ onKey, onRedraw }: LiveScreenEvents): LiveScreen {
  const { stdin, stdout } = process;
  let isOpen = false;

  const enter = (): void => {
    if (isOpen) return;
    isOpen = true;
    stdout.write(ENTER_SCREEN);
    if (stdin.isTTY) stdin.setRawMode(true);
  };
  const leave = (): void => {
    if (!isOpen) return;
    isOpen = false;
    if (stdin.isTTY) stdin.setRawMode(false);
    stdout.write(LEAVE_SCREEN);
  };
  const onData = (data: Buffer): void => {
    for (const key of data.toString('latin1')) {
      const signal = signalOfKey[key];
      if (signal === undefined) onKey(key);
      else process.kill(process.pid, signal);
    }
  };
  const onStop = (): void => {
    leave();
    process.kill(process.pid, 'SIGSTOP');
  };
  const onContinue = (): void => {
    enter();
    onRedraw();
  };

  const ending = beforeAbruptEnd(leave);
  process.on('exit', leave);
  process.on('SIGTSTP', onStop);
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
      ending[Symbol.dispose]();
      process.off('exit', leave);
      process.off('SIGTSTP', onStop);
      process.off('SIGCONT', onContinue);
      stdout.off('resize', onRedraw);
      if (stdin.isTTY) {
        stdin.off('data', onData);
        stdin.pause();
      }
    },
  };
}
