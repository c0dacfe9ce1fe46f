/** `diskwhy watch [path…]`: catch the file that is filling the disk, while it happens. */
import { ExitCode, UsageError } from '../../model/errors.ts';
import { takesNothing } from '../../model/watch-event.ts';
import type { WatchEvent } from '../../model/watch-event.ts';
import { watchEventJson } from '../../render/json/watch.ts';
import { nowSeconds } from '../../system/calls/clock.ts';
import { loadFreshWorld } from '../../explain/explain.ts';
import type { World } from '../../remedies/remedies.ts';
import { watch } from '../../watch/watch.ts';
import type { WatchRequest } from '../../watch/watch.ts';
import { askedConditions } from '../conditions/asked-conditions.ts';
import type { Judged } from '../conditions/conditions.ts';
import { printCheck } from '../conditions/print-check.ts';
import { openAnswers, silentMounts, warnOfSilent } from '../invocation/answering.ts';
import { readCaller } from '../invocation/caller.ts';
import { KeptWatch } from '../watch/kept-watch.ts';
import { listenForInterrupt } from '../signals/interrupt.ts';
import { usablePaths } from '../invocation/operands.ts';
import { openService } from '../watch/service.ts';
import type { Service } from '../watch/service.ts';
import type { OptionsOf, Request } from '../options/typed-options.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { WatchOutlets } from '../watch/watch-outlets.ts';
import { listenForReload, scopeOf, watchRequest } from '../watch/watch-reload.ts';
import type { GrowthSince } from '../watch/watch-since.ts';
import { openEventPrinter, openLiveView } from '../watch/watch-view.ts';
import type { WatchOutput } from '../watch/watch-view.ts';

/** What --once tells: how the disk stands, and at the end what grew. */
const OF_ONCE: ReadonlySet<WatchEvent['type']> = new Set([
  'full',
  'nearly-full',
  'pool-full',
  'pool-nearly-full',
  'read-only',
  'unexplained-growth',
  'summary',
]);

export async function runWatch(request: Request<'watch'>, terminal: Terminal): Promise<ExitCode> {
  using service = openService();
  const voice: Voice = { output: SILENT };
  const kept = new KeptWatch(service);
  await using outlets = new WatchOutlets(
    kept,
    (message) => voice.output.complain(message),
    () => voice.output.isLive,
  );
  for (let asked = request; ;) {
    const ended = await watchAsAsked(asked, { service, terminal, voice, outlets, kept });
    if (typeof ended === 'number') return ended;
    asked = ended;
  }
}

/** What speaks now. */
interface Voice {
  output: WatchOutput;
}

/** What outlives a change of what is watched. */
interface Around {
  readonly service: Service;
  readonly terminal: Terminal;
  readonly voice: Voice;
  readonly outlets: WatchOutlets;
  readonly kept: KeptWatch;
}

/** The exit code, or what is to be watched instead. */
async function watchAsAsked(
  asked: Request<'watch'>,
  { service, terminal, voice, outlets, kept }: Around,
): Promise<ExitCode | Request<'watch'>> {
  const { options, operands } = asked;
  using interrupt = listenForInterrupt(options.timeoutMs, false, service.onReload === undefined);
  using answers = await openAnswers(options.timeoutMs);
  const { paths, problems } = await usablePaths(operands, terminal, answers, { needsAll: options.check });
  const zoneMinutes = -new Date(nowSeconds() * 1000).getTimezoneOffset();
  // Its numbers change with the settings.
  const watched = watchRequest(options, paths, zoneMinutes);
  const conditions = await askedConditions(options, paths);
  refuseContradictions(options, conditions, watched.forSeconds);
  // A key, a reader that went away; other paths.
  const end = new AbortController();
  let next: Request<'watch'> | undefined;
  const open = (now: OptionsOf<'watch'>): WatchOutput =>
    openOutput(paths, now, zoneMinutes, terminal, service, () => end.abort());
  using output = new Swapped(open(options), voice);
  await outlets.change(options);
  using readiness = listenForReload(service, terminal, async (now) => {
    await outlets.change(now.options);
    if (scopeOf(now) !== scopeOf(asked)) {
      next = now;
      end.abort();
      return 'elsewhere';
    }
    Object.assign(watched, watchRequest(now.options, paths, zoneMinutes));
    if (!output.current.isLive) output.swap(open(now.options));
    return 'here';
  });
  let since: readonly GrowthSince[] = [];
  if (options.once && !options.check) {
    const { growthSinceKept } = await import('../watch/watch-since.ts');
    since = await growthSinceKept(paths, options, interrupt.signal, terminal, output.current.complain);
  }
  let hasAlarm = since.some((one) => one.isAlarm);
  let isWorthMail = hasAlarm || !options.quiet;
  let machine: (() => World) | undefined;
  for await (const event of watch(watched, {
    signal: AbortSignal.any([interrupt.signal, end.signal]),
    onScanned: (entries) => output.current.onScanned(entries),
    onFrame: (frame) => {
      outlets.onFrame(frame);
      output.current.onFrame(frame);
    },
    world: () => machine?.(),
    ...(service.kept && {
      keeper: {
        before: kept.growthIn(scopeOf(asked)),
        keep: (change) => kept.keepGrowth(scopeOf(asked), change),
      },
    }),
  })) {
    // What the gate asks of the machine is not in the way of the first look.
    if (event.type === 'ready') {
      readiness.ready();
      void loadMachine().then((world) => (machine = world));
    }
    // A watch that goes on elsewhere has not ended.
    if (next !== undefined && event.type === 'summary') continue;
    outlets.onEvent(event);
    if (isAlarm(event)) hasAlarm = true;
    isWorthMail ||= hasAlarm || event.type === 'nearly-full' || event.type === 'pool-nearly-full';
    if (options.once && !isOfReport(event, isWorthMail)) continue;
    if (options.once && event.type === 'summary') for (const { text } of since) await terminal.print(text);
    if (!(await output.current.onEvent(event))) end.abort();
  }
  if (next !== undefined && !interrupt.signal.aborted) {
    output.current.complain('settings: what is watched has changed; growth is counted from now on');
    return next;
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

/** Throws UsageError for options that cannot be together. */
function refuseContradictions(
  { check, failsOnAlarm }: OptionsOf<'watch'>,
  conditions: Awaited<ReturnType<typeof askedConditions>>,
  forSeconds: number | undefined,
): void {
  if (conditions?.needReport === true)
    throw new UsageError(
      'watch judges used, inodes, full and growth; what is found or unexplained is for diskwhy itself',
    );
  if (check && failsOnAlarm) throw new UsageError('--check has codes of its own; leave out --fail-on-alarm');
  if (conditions && forSeconds === undefined)
    throw new UsageError('conditions are judged when the watch ends; add --for, as in --for 10m');
}

/** An output that another takes the place of; the voice of all that complains. */
class Swapped implements Disposable {
  readonly #voice: Voice;

  constructor(output: WatchOutput, voice: Voice) {
    this.#voice = voice;
    voice.output = output;
  }

  get current(): WatchOutput {
    return this.#voice.output;
  }

  swap(output: WatchOutput): void {
    this.#voice.output[Symbol.dispose]();
    this.#voice.output = output;
  }

  [Symbol.dispose](): void {
    this.#voice.output[Symbol.dispose]();
  }
}

function judgedText({ lines, json }: Judged, asJson: boolean): string {
  const at = nowSeconds();
  return (
    asJson ? json.map((judged) => JSON.stringify(watchEventJson({ type: 'condition', at, judged }))) : lines
  )
    .map((line) => `${line}\n`)
    .join('');
}

/** --quiet: a summary of nothing is no mail from cron. */
function isOfReport({ type }: WatchEvent, isWorthMail: boolean): boolean {
  return OF_ONCE.has(type) && (type !== 'summary' || isWorthMail);
}

function isAlarm(event: WatchEvent): boolean {
  return event.type === 'alarm' || event.type === 'unexplained-growth' || takesNothing(event);
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
  if (options.json || options.once || !terminal.isOutputTerminal || !terminal.canMove)
    return openEventPrinter(options, zoneMinutes, terminal, priority);
  return openLiveView(paths, options, zoneMinutes, terminal, quit);
}
