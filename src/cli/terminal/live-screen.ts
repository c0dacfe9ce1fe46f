/**
 * A whole terminal for a program that draws itself: the alternate screen, no cursor, keys as they are typed. However the
 * process ends, short of SIGKILL, the terminal is given back as it was; while it is stopped, too.
 */
import { beforeAbruptEnd } from './give-back.ts';
import { ENTER_MOUSE, ENTER_SCREEN, LEAVE_SCREEN } from './screen-codes.ts';
import { KeyDecoder } from './terminal-keys.ts';
import type { TerminalInput } from './terminal-keys.ts';

export interface LiveScreen extends Disposable {
  readonly size: () => { readonly width: number; readonly height: number };
  /** Replaces what is shown. At most as many lines as there is height. */
  readonly draw: (lines: readonly string[]) => void;
  /** The same, and only lines that are others than before are written. */
  readonly drawChanges: (lines: readonly string[]) => void;
}

export interface LiveScreenEvents {
  /** What was typed since the last time. */
  readonly onInput: (inputs: readonly TerminalInput[]) => void;
  /** The size has changed, or the screen is back from the background: draw again. */
  readonly onRedraw: () => void;
  readonly wantsMouse?: true;
}

/** In raw mode the terminal sends no signals for these: they are given to whoever listens for them. */
const signalOfKey: Readonly<Record<string, NodeJS.Signals>> = {
  'ctrl-c': 'SIGINT',
  'ctrl-z': 'SIGTSTP',
  'ctrl-|': 'SIGQUIT',
};

/** Behind an Escape that begins a sequence the rest comes at once. */
const SEQUENCE_MS = 40;

export function openLiveScreen({ onInput, onRedraw, wantsMouse }: LiveScreenEvents): LiveScreen {
  const { stdin, stdout } = process;
  const keys = new KeyDecoder();
  let isOpen = false;
  let shown: readonly string[] = [];
  let waiting: NodeJS.Timeout | undefined;

  const enter = (): void => {
    if (isOpen) return;
    isOpen = true;
    shown = [];
    stdout.write(wantsMouse ? ENTER_SCREEN + ENTER_MOUSE : ENTER_SCREEN);
    if (stdin.isTTY) stdin.setRawMode(true);
  };
  const leave = (): void => {
    if (!isOpen) return;
    isOpen = false;
    if (stdin.isTTY) stdin.setRawMode(false);
    stdout.write(LEAVE_SCREEN);
  };
  const give = (inputs: readonly TerminalInput[]): void => {
    const others = inputs.filter((input) => {
      const signal = 'key' in input ? signalOfKey[input.key] : undefined;
      if (signal !== undefined) process.kill(process.pid, signal);
      return signal === undefined;
    });
    if (others.length > 0) onInput(others);
  };
  const onData = (data: Buffer): void => {
    clearTimeout(waiting);
    give(keys.decode(data));
    if (keys.isWaiting) waiting = setTimeout(() => give(keys.flush()), SEQUENCE_MS);
  };
  const onStop = (): void => {
    leave();
    process.kill(process.pid, 'SIGSTOP');
  };
  const onContinue = (): void => {
    enter();
    onRedraw();
  };
  const onResize = (): void => {
    shown = [];
    onRedraw();
  };

  const ending = beforeAbruptEnd(leave);
  process.on('exit', leave);
  // Before Node tells of what nobody caught: told on the alternate screen it would be gone with it.
  process.on('uncaughtExceptionMonitor', leave);
  process.on('SIGTSTP', onStop);
  process.on('SIGCONT', onContinue);
  stdout.on('resize', onResize);
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
    drawChanges: (lines) => {
      if (!isOpen) return;
      const before = shown;
      shown = lines;
      const changed = lines.map((line, at) =>
        line === before[at] ? '' : `\u001B[${at + 1};1H\u001B[2K${line}`,
      );
      const rest = lines.length < before.length ? `\u001B[${lines.length + 1};1H\u001B[J` : '';
      const text = changed.join('') + rest;
      if (before.length === 0) stdout.write(`\u001B[H\u001B[J${text}`);
      else if (text !== '') stdout.write(text);
    },
    [Symbol.dispose]: () => {
      clearTimeout(waiting);
      leave();
      ending[Symbol.dispose]();
      process.off('exit', leave);
      process.off('uncaughtExceptionMonitor', leave);
      process.off('SIGTSTP', onStop);
      process.off('SIGCONT', onContinue);
      stdout.off('resize', onResize);
      if (stdin.isTTY) {
        stdin.off('data', onData);
        stdin.pause();
      }
    },
  };
}
