/** Where `diskwhy watch` shows what it sees: a screen of its own on a terminal, lines or JSON elsewhere. */
import type { ByteString } from '../../model/byte-string.ts';
import { isOfDisk, takesNothing } from '../../model/watch-event.ts';
import type { WatchEvent, WatchFrame } from '../../model/watch-event.ts';
import { watchEventJson } from '../../render/json/watch.ts';
import { watchEventLines } from '../../render/screens/watch/watch-line.ts';
import type { LineScreen } from '../../render/screens/watch/watch-screen.ts';
import { watchLines } from '../../render/screens/watch/watch.ts';
import type { WatchView } from '../../render/screens/watch/watch.ts';
import { noticeText } from '../../render/words/watch-notices.ts';
import { openLiveScreen } from '../terminal/live-screen.ts';
import type { OptionsOf } from '../options/typed-options.ts';
import type { Level, Service } from './service.ts';
import { createStyle } from '../../render/terminal/style.ts';
import { screenFor } from '../terminal/screen-for.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface WatchOutput extends Disposable {
  /** Whether it draws on the terminal, where nobody else may write. */
  readonly isLive: boolean;
  /** Resolves to false where nobody reads any more. */
  readonly onEvent: (event: WatchEvent) => Promise<boolean>;
  readonly onFrame: (frame: WatchFrame) => void;
  readonly onScanned: (entries: number) => void;
  /** Something went wrong beside the watch. */
  readonly complain: (message: string) => void;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Notices that are kept to be shown. */
const MOST_NOTICES = 20;
const SCAN_REDRAW_MS = 100;

export function openEventPrinter(
  options: OptionsOf<'watch'>,
  zoneMinutes: number,
  terminal: Terminal,
  priority: Service['priority'],
): WatchOutput {
  const screen = lineScreen(options, zoneMinutes, terminal);
  return {
    isLive: false,
    onFrame: () => undefined,
    onScanned: () => undefined,
    onEvent: (event) => {
      const lines = options.json ? [JSON.stringify(watchEventJson(event))] : watchEventLines(event, screen);
      const level = priority(levelOf(event));
      return terminal.print(lines.map((line) => `${level}${line}\n`).join(''));
    },
    complain: (message) => terminal.writeError(`${priority('error')}diskwhy: ${message}\n`),
    [Symbol.dispose]: () => undefined,
  };
}

function levelOf(event: WatchEvent): Level {
  if (takesNothing(event)) return 'critical';
  const { type } = event;
  if (type === 'nearly-full' || type === 'pool-nearly-full') return 'warning';
  if (type === 'alarm' || type === 'unexplained-growth') return 'warning';
  return type === 'notice' || type === 'deleted-open' ? 'notice' : 'info';
}

/** @param quit called when the user asks for the end. */
export function openLiveView(
  paths: readonly ByteString[],
  options: OptionsOf<'watch'>,
  zoneMinutes: number,
  terminal: Terminal,
  quit: () => void,
): WatchOutput {
  const printed = lineScreen(options, zoneMinutes, terminal);
  const notices: string[] = [];
  const view: Writable<WatchView> = { paths, frame: undefined, scannedEntries: 0, notices, showsHelp: false };
  const live = openLiveScreen({
    onInput: (inputs) => {
      for (const input of inputs) if ('key' in input) onKey(input.key);
    },
    onRedraw: () => draw(),
  });
  function onKey(key: string): void {
    if (key === 'q' || key === 'Q') quit();
    else if (key === '?' || view.showsHelp) {
      view.showsHelp = !view.showsHelp;
      draw();
    }
  }
  function draw(): void {
    const { width, height } = live.size();
    live.draw(watchLines(view, { ...printed, width, height, top: options.top }).map(terminal.drawn));
  }
  const note = (text: string): void => {
    if (options.quiet) return;
    notices.push(text);
    if (notices.length > MOST_NOTICES) notices.shift();
  };
  let drawnAt = 0;
  draw();
  return {
    isLive: true,
    onScanned: (entries) => {
      view.scannedEntries = entries;
      if (performance.now() - drawnAt < SCAN_REDRAW_MS) return;
      drawnAt = performance.now();
      draw();
    },
    onFrame: (frame) => {
      view.frame = frame;
      draw();
    },
    onEvent: async (event) => {
      if (event.type === 'notice') note(noticeText(event.path, event.notice));
      else if (event.type === 'unexplained-growth' || isOfDisk(event))
        note(watchEventLines(event, { ...printed, style: createStyle(false) }).join(' '));
      else if (event.type === 'summary') {
        const { width } = live.size();
        live[Symbol.dispose]();
        return await terminal.print(
          watchEventLines(event, { ...printed, width })
            .map((line) => `${line}\n`)
            .join(''),
        );
      }
      return true;
    },
    complain: (message) => {
      note(message);
      draw();
    },
    [Symbol.dispose]: () => live[Symbol.dispose](),
  };
}

function lineScreen(options: OptionsOf<'watch'>, zoneMinutes: number, terminal: Terminal): LineScreen {
  return { ...screenFor(options, terminal), zoneMinutes };
}
