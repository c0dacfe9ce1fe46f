/** Watches until its standard input ends; prints each event as a line of JSON, and at the end what it left behind. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fromText } from '../../src/model/byte-string.ts';
import { watch } from '../../src/watch/watch.ts';
import { notifyMarks } from './watch-run.ts';
import type { WatchSettings } from './watch-run.ts';

const { paths, settings } = JSON.parse(process.argv[2]) as { paths: string[]; settings: WatchSettings };
const controller = new AbortController();
process.stdin.on('end', () => controller.abort()).resume();
const delay = monitorEventLoopDelay({ resolution: 10 });
const events = watch(
  {
    paths: paths.map(fromText),
    crossMounts: false,
    exclude: settings.exclude ?? [],
    intervalSeconds: settings.intervalSeconds ?? 1,
    alarmBytesPerSecond: settings.alarmBytesPerSecond ?? 2 ** 20,
    alarmGrownBytes: settings.alarmGrownBytes,
    updateSeconds: settings.updateSeconds ?? 5,
    forSeconds: undefined,
    top: 1000,
    zoneMinutes: 0,
  },
  { signal: controller.signal },
);
for await (const event of events) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
  // From here on: the first scan is not the watch.
  if (event.type === 'ready') delay.enable();
  if (event.type === 'summary') delay.disable();
}
process.stdout.write(
  `${JSON.stringify({ type: 'end', leftBehind: notifyMarks('self'), stallMs: delay.max / 1e6 })}\n`,
);
