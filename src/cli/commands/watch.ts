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
import { createAlarmWebhook } from '../alarm-webhook.ts';
import { readRequest } from '../command-line/read-request.ts';
import { readWords } from '../command-line/read-words.ts';
import { listenForInterrupt } from '../interrupt.ts';
import { usablePaths } from '../operands.ts';
import { openService } from '../service.ts';
import type { Service } from '../service.ts';
import { readSettings } from '../settings/settings.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal.ts';
import type { GrowthSince } from '../watch-since.ts';
import { serveWatch } from '../watch-metrics-service.ts';
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

export async function runWatch(request: Request<'watch'>, terminal: Terminal): Promise<ExitCode> {
  using service = openService();
  for (let asked = request; ;) {
    const ended = await watchAsAsked(asked, service, terminal);
    if (ended !== 'reload') return ended;
    asked = readAgain(asked, service, terminal);
  }
}

/** The command line with the settings as they are now; what was asked before where they cannot be read. */
function readAgain(before: Request<'watch'>, service: Service, terminal: Terminal): Request<'watch'> {
  try {
    const { uid } = readCaller();
    return readRequest(readWords(), () => readSettings(process.env, uid)) as Request<'watch'>;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.writeError(
      `${service.priority('error')}diskwhy: settings stay as they were: ${error.message}\n`,
    );
    return before;
  }
}

async function watchAsAsked(
  { options, operands }: Request<'watch'>,
  service: Service,
  terminal: Terminal,
): Promise<ExitCode | 'reload'> {
  const { alarmBytesPerSecond, alarmGrownBytes, intervalMs, forMs, crossMounts, exclude, top } = options;
  using interrupt = listenForInterrupt(options.timeoutMs, false, service.reloads === undefined);
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
  const reload = service.reloads?.();
  const signal = AbortSignal.any([interrupt.signal, end.signal, ...(reload ? [reload] : [])]);
  const conditions = await askedConditions(options, paths);
  if (conditions?.needReport === true)
    throw new UsageError(
      'watch judges used, inodes, full and growth; what is found or unexplained is for diskwhy itself',
    );
  if (options.check && options.failsOnAlarm)
    throw new UsageError('--check has codes of its own; leave out --fail-on-alarm');
  if (conditions && seconds === undefined)
    throw new UsageError('conditions are judged when the watch ends; add --for, as in --for 10m');
  using output = openOutput(paths, options, zoneMinutes, terminal, service, () => end.abort());
  await using webhook =
    options.webhook === undefined ? undefined : createAlarmWebhook(options.webhook, output.complain);
  await using served =
    options.listen === undefined ? undefined : await serveWatch(options.listen, intervalMs / 1000);
  if (served)
    output.complain(`serving http://${served.server.address.host}:${served.server.address.port}/metrics`);
  const exec =
    options.exec === undefined ? undefined : createAlarmCommand(options.exec, output.complain, output.isLive);
  let since: readonly GrowthSince[] = [];
  if (options.once && !options.check) {
    const { growthSinceKept } = await import('../watch-since.ts');
    since = await growthSinceKept(paths, options, signal, terminal, output.complain);
  }
  let hasAlarm = since.some((one) => one.isAlarm);
  let isWorthMail = hasAlarm || !options.quiet;
  let machine: (() => World) | undefined;
  for await (const event of watch(request, {
    signal,
    onScanned: output.onScanned,
    onFrame: (frame) => {
      served?.metrics.onFrame(frame);
      output.onFrame(frame);
    },
    world: () => machine?.(),
  })) {
    // What the gate asks of the machine is not in the way of the first look.
    if (event.type === 'ready') {
      service.ready();
      void loadMachine().then((world) => (machine = world));
    }
    // A watch that begins anew has not ended.
    if (reload?.aborted === true && event.type === 'summary') continue;
    served?.metrics.onEvent(event);
    webhook?.send(event);
    if (isAlarm(event)) hasAlarm = true;
    isWorthMail ||= hasAlarm || event.type === 'nearly-full';
    if (event.type === 'alarm' || event.type === 'full') exec?.run(event);
    if (options.once && !isOfReport(event, isWorthMail)) continue;
    if (options.once && event.type === 'summary') for (const { text } of since) await terminal.print(text);
    if (!(await output.onEvent(event))) end.abort();
  }
  if (reload?.aborted === true && !interrupt.signal.aborted) return 'reload';
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
  { priority }: Service,
  quit: () => void,
): WatchOutput {
  if (options.check) return SILENT;
  if (options.json || options.once || !terminal.isOutputTerminal)
    return openEventPrinter(options, zoneMinutes, terminal, priority);
  return openLiveView(paths, options, zoneMinutes, terminal, quit);
}
