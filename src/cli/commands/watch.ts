/** `diskwhy watch [path…]`: catch the file that is filling the disk, while it happens. */
import { ExitCode } from '../../model/errors.ts';
import type { WatchEvent } from '../../model/watch-event.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { watch } from '../../watch/watch.ts';
import type { WatchRequest } from '../../watch/watch.ts';
import { createAlarmCommand } from '../alarm-command.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { usablePaths } from '../operands.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal.ts';
import { openEventPrinter, openLiveView } from '../watch-view.ts';
import type { WatchOutput } from '../watch-view.ts';

/** Seconds between two events about one alarm. */
const UPDATE_SECONDS = 5;

export async function runWatch(
  { options, operands }: Request<'watch'>,
  terminal: Terminal,
): Promise<ExitCode> {
  const { alarmBytesPerSecond, alarmGrownBytes, intervalMs, forMs, crossMounts, exclude, top } = options;
  const { paths, problems } = await usablePaths(operands, terminal);
  const zoneMinutes = -new Date(nowSeconds() * 1000).getTimezoneOffset();
  const request: WatchRequest = {
    paths,
    intervalSeconds: intervalMs / 1000,
    alarmBytesPerSecond,
    alarmGrownBytes,
    forSeconds: forMs === undefined ? undefined : forMs / 1000,
    crossMounts,
    exclude,
    updateSeconds: UPDATE_SECONDS,
    top,
    zoneMinutes,
  };
  using interrupt = listenForInterrupt();
  // A key, a reader that went away.
  const end = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, end.signal]);
  using output = openOutput(paths, options, zoneMinutes, terminal, () => end.abort());
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
  if (hasAlarm && options.failsOnAlarm) return ExitCode.found;
  return problems.length > 0 ? ExitCode.partial : ExitCode.done;
}

function isAlarm({ type }: WatchEvent): boolean {
  return type === 'alarm' || type === 'unexplained-growth';
}

/** A live table on a terminal; lines or JSON otherwise. */
function openOutput(
  paths: WatchRequest['paths'],
  options: OptionsOf<'watch'>,
  zoneMinutes: number,
  terminal: Terminal,
  quit: () => void,
): WatchOutput {
  if (options.json || !terminal.isOutputTerminal) return openEventPrinter(options, zoneMinutes, terminal);
  return openLiveView(paths, options, zoneMinutes, terminal, quit);
}
