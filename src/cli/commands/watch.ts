/** `diskwhy watch [path…]`: catch the file that is filling the disk, while it happens. */
import { ExitCode } from '../../model/errors.ts';
import type { WatchEvent } from '../../model/watch-event.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { watch } from '../../watch/watch.ts';
import type { WatchRequest } from '../../watch/watch.ts';
import { createAlarmCommand } from '../alarm-command.ts';
import type { Command, RawArguments } from '../command.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { parseSharedOptions, sharedOptions } from '../shared-options.ts';
import type { SharedOptions } from '../shared-options.ts';
import type { Terminal } from '../terminal.ts';
import { parseWatchOptions, watchOptions } from '../watch-options.ts';
import { openEventPrinter, openLiveView } from '../watch-view.ts';
import type { WatchOutput } from '../watch-view.ts';

const { json, top, bytes, color, quiet, exclude, apparent } = sharedOptions;

/** Seconds between two events about one alarm. */
const UPDATE_SECONDS = 5;

export const watchCommand: Command = {
  usage: 'watch [path..]',
  summary: 'catch the file that is filling the disk, while it happens',
  positionals: {
    path: { type: 'string', array: true, describe: 'what to watch [the current directory]' },
  },
  options: {
    json,
    top,
    apparent,
    bytes,
    color,
    quiet,
    exclude,
    'cross-mounts': sharedOptions['cross-mounts'],
    ...watchOptions,
  },
  examples: [
    ['sudo diskwhy watch /var', 'what grows below /var, how fast, who writes it and why'],
    [
      'diskwhy watch /var/log --for 10m --fail-on-alarm',
      'for a script: exit 1 where something grew too fast',
    ],
    ['diskwhy watch / --rate 5M/s --json', 'one JSON object per event'],
    [
      `diskwhy watch /srv --exec 'logger "$DISKWHY_PATH $DISKWHY_VERDICT"'`,
      'a command of your own for each alarm',
    ],
  ],
  run: runWatch,
};

async function runWatch(raw: RawArguments, terminal: Terminal): Promise<ExitCode> {
  const shared = parseSharedOptions(raw);
  const options = parseWatchOptions(raw, terminal);
  const zoneMinutes = -new Date(nowSeconds() * 1000).getTimezoneOffset();
  const request: WatchRequest = {
    ...options,
    crossMounts: shared.crossMounts,
    exclude: shared.exclude,
    updateSeconds: UPDATE_SECONDS,
    top: shared.top,
    zoneMinutes,
  };
  using interrupt = listenForInterrupt();
  // A key, a reader that went away.
  const end = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, end.signal]);
  using output = openOutput(options.paths, shared, zoneMinutes, terminal, () => end.abort());
  const exec =
    options.exec === undefined ? undefined : createAlarmCommand(options.exec, output.complain, output.isLive);
  let hasAlarm = false;
  for await (const event of watch(request, {
    signal,
    onScanned: output.onScanned,
    onFrame: output.onFrame,
  })) {
    if (isAlarm(event)) hasAlarm = true;
    if (event.type === 'alarm') exec?.run(event);
    if (!(await output.onEvent(event))) end.abort();
  }
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  return hasAlarm && options.failsOnAlarm ? ExitCode.found : ExitCode.done;
}

function isAlarm({ type }: WatchEvent): boolean {
  return type === 'alarm' || type === 'unexplained-growth';
}

/** A live table on a terminal; lines or JSON otherwise. */
function openOutput(
  paths: WatchRequest['paths'],
  shared: SharedOptions,
  zoneMinutes: number,
  terminal: Terminal,
  quit: () => void,
): WatchOutput {
  if (shared.json || !terminal.isOutputTerminal) return openEventPrinter(shared, zoneMinutes, terminal);
  return openLiveView(paths, shared, zoneMinutes, terminal, quit);
}
