/** `diskwhy watch [path…]`: catch the file that is filling the disk, while it happens. */
import { ExitCode, UsageError } from '../../model/errors.ts';
import type { WatchEvent } from '../../model/watch-event.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { loadFreshWorld } from '../../explain/explain.ts';
import type { World } from '../../remedies/remedies.ts';
import { watch } from '../../watch/watch.ts';
import type { WatchRequest } from '../../watch/watch.ts';
import { askedConditions } from '../conditions/asked-conditions.ts';
import type { Judged } from '../conditions/conditions.ts';
import { printCheck } from '../conditions/print-check.ts';
import { openAnswers, silentMounts, warnOfSilent } from '../answering.ts';
import { readCaller } from '../caller.ts';
import { createAlarmCommand } from '../alarm-command.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { usablePaths } from '../operands.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal.ts';
import { openEventPrinter, openLiveView } from '../watch-view.ts';
import type { WatchOutput } from '../watch-view.ts';

/** Seconds between two events about one alarm. */
const UPDATE_SECONDS = 5;
/** How long --once watches. */
const ONCE_SECONDS = 60;
/** What --once tells: how the disk stands, and at the end what grew. */
const OF_ONCE: ReadonlySet<WatchEvent['type']> = new Set([
  'full',
  'nearly-full',
  'unexplained-growth',
  'summary',
]);

export async function runWatch(
  { options, operands }: Request<'watch'>,
  terminal: Terminal,
): Promise<ExitCode> {
  const { alarmBytesPerSecond, alarmGrownBytes, intervalMs, forMs, crossMounts, exclude, top } = options;
  using interrupt = listenForInterrupt(options.timeoutMs, false);
  using answers = await openAnswers(options.timeoutMs);
  const { paths, problems } = await usablePaths(operands, terminal, answers, { needsAll: options.check });
  const seconds = forMs === undefined ? (options.once ? ONCE_SECONDS : undefined) : forMs / 1000;
  const zoneMinutes = -new Date(nowSeconds() * 1000).getTimezoneOffset();
  const request: WatchRequest = {
    paths,
    intervalSeconds: intervalMs / 1000,
    alarmBytesPerSecond,
    alarmGrownBytes,
    forSeconds: seconds,
    crossMounts,
    exclude,
    updateSeconds: UPDATE_SECONDS,
    top,
    zoneMinutes,
  };
  // A key, a reader that went away.
  const end = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, end.signal]);
  const conditions = await askedConditions(options, paths);
  if (conditions?.needReport === true)
    throw new UsageError(
      'watch judges used, inodes, full and growth; what is found or unexplained is for diskwhy itself',
    );
  if (options.check && options.failsOnAlarm)
    throw new UsageError('--check has codes of its own; leave out --fail-on-alarm');
  if (conditions && seconds === undefined)
    throw new UsageError('conditions are judged when the watch ends; add --for, as in --for 10m');
  using output = openOutput(paths, options, zoneMinutes, terminal, () => end.abort());
  const exec =
    options.exec === undefined ? undefined : createAlarmCommand(options.exec, output.complain, output.isLive);
  let hasAlarm = false;
  let machine: (() => World) | undefined;
  for await (const event of watch(request, {
    signal,
    onScanned: output.onScanned,
    onFrame: output.onFrame,
    world: () => machine?.(),
  })) {
    // What the gate asks of the machine is not in the way of the first look.
    if (event.type === 'ready') void loadMachine().then((world) => (machine = world));
    if (isAlarm(event)) hasAlarm = true;
    if (event.type === 'alarm' || event.type === 'full') exec?.run(event);
    if (options.once && !isOfReport(event, hasAlarm || !options.quiet)) continue;
    if (!(await output.onEvent(event))) end.abort();
  }
  // What it measured is the time of the watch, however it ended.
  const judging = conditions?.judge(undefined, 0, interrupt.signal);
  if (options.check && judging) return await printCheck(judging, interrupt.signal, terminal);
  const judged = await judging;
  if (judged) await terminal.print(judgedText(judged, options.json));
  if (interrupt.signal.aborted) return ExitCode.interrupted;
  if ((hasAlarm && options.failsOnAlarm) || judged?.code === ExitCode.found) return ExitCode.found;
  const silent = await silentMounts(answers, paths);
  warnOfSilent(silent, terminal);
  return problems.length + silent.length > 0 || judged?.code === ExitCode.partial
    ? ExitCode.partial
    : ExitCode.done;
}

function judgedText({ lines, json }: Judged, asJson: boolean): string {
  return (asJson ? json.map((one) => JSON.stringify({ type: 'condition', ...one })) : lines)
    .map((line) => `${line}\n`)
    .join('');
}

/** --quiet: a summary of nothing is no mail from cron. */
function isOfReport({ type }: WatchEvent, isWorthMail: boolean): boolean {
  return OF_ONCE.has(type) && (type !== 'summary' || isWorthMail);
}

function isAlarm({ type }: WatchEvent): boolean {
  return type === 'alarm' || type === 'unexplained-growth' || type === 'full';
}

async function loadMachine(): Promise<() => World> {
  const { uid, environment } = readCaller();
  const freshWorld = await loadFreshWorld();
  return () => freshWorld(environment, uid === 0);
}

/** --check has one line to print, and that at the end. */
const SILENT: WatchOutput = {
  isLive: false,
  onEvent: async () => true,
  onFrame: () => undefined,
  onScanned: () => undefined,
  complain: () => undefined,
  [Symbol.dispose]: () => undefined,
};

/** A live table on a terminal; lines or JSON otherwise. */
function openOutput(
  paths: WatchRequest['paths'],
  options: OptionsOf<'watch'>,
  zoneMinutes: number,
  terminal: Terminal,
  quit: () => void,
): WatchOutput {
  if (options.check) return SILENT;
  if (options.json || options.once || !terminal.isOutputTerminal)
    return openEventPrinter(options, zoneMinutes, terminal);
  return openLiveView(paths, options, zoneMinutes, terminal, quit);
}
