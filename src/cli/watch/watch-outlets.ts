/**
 * Where the events of a watch go beside its screen: a command, a webhook, a Prometheus. Other settings change those that
 * they are about: alarms that wait are handed on, counters go on counting.
 */
import { isOfDisk, takesNothing } from '../../model/watch-event.ts';
import type { WatchEvent, WatchFrame } from '../../model/watch-event.ts';
import { createAlarmCommand } from './alarm-command.ts';
import type { AlarmCommand } from './alarm-command.ts';
import { createAlarmWebhook, refuseUnlessUrl } from './alarm-webhook.ts';
import type { AlarmWebhook } from './alarm-webhook.ts';
import type { KeptWatch } from './kept-watch.ts';
import type { OptionsOf } from '../options/typed-options.ts';
import { serveWatch } from './watch-metrics-service.ts';
import type { WatchMetricsService } from './watch-metrics-service.ts';

type OutletOptions = Pick<OptionsOf<'watch'>, 'exec' | 'webhook' | 'listen' | 'intervalMs'>;

export class WatchOutlets implements AsyncDisposable {
  readonly #kept: KeptWatch;
  readonly #complain: (message: string) => void;
  readonly #isLive: () => boolean;
  #options: OutletOptions | undefined;
  #exec: AlarmCommand | undefined;
  #webhook: AlarmWebhook | undefined;
  #served: WatchMetricsService | undefined;

  /** @param kept what a process before this one left, and what is left to the next. @param isLive whether a command's output would disturb a screen. */
  constructor(kept: KeptWatch, complain: (message: string) => void, isLive: () => boolean) {
    this.#kept = kept;
    this.#complain = complain;
    this.#isLive = isLive;
  }

  /** Opens what is asked for, and closes what no longer is. Throws UsageError where that cannot be: then all is as it was. */
  async change(options: OutletOptions): Promise<void> {
    const before = this.#options;
    if (options.webhook !== undefined) refuseUnlessUrl(options.webhook);
    if (options.listen !== before?.listen) await this.#listen(options.listen);
    if (options.webhook !== before?.webhook) await this.#send(options.webhook);
    if (options.exec !== before?.exec)
      this.#exec =
        options.exec === undefined
          ? undefined
          : createAlarmCommand(options.exec, this.#complain, this.#isLive());
    this.#options = options;
  }

  onEvent(event: WatchEvent): void {
    this.#served?.metrics.onEvent(event);
    this.#webhook?.send(event);
    if (event.type === 'alarm' || (isOfDisk(event) && takesNothing(event))) this.#exec?.run(event);
  }

  onFrame(frame: WatchFrame): void {
    this.#served?.metrics.onFrame(frame);
  }

  async #listen(address: string | undefined): Promise<void> {
    const before = this.#served;
    const intervalSeconds = (): number => (this.#options?.intervalMs ?? 0) / 1000;
    this.#served =
      address === undefined ? undefined : await serveWatch(address, intervalSeconds, before?.metrics);
    await before?.[Symbol.asyncDispose]();
    if (!this.#served) return;
    const { host, port } = this.#served.server.address;
    this.#complain(`serving http://${host}:${port}/metrics`);
  }

  async #send(url: string | undefined): Promise<void> {
    const before = this.#webhook;
    if (url === undefined) {
      this.#webhook = undefined;
      await before?.[Symbol.asyncDispose]();
      return;
    }
    const waiting = before ? await before.handOver() : this.#kept.waiting;
    this.#webhook = createAlarmWebhook(url, this.#complain, waiting, (now) => this.#kept.keepWaiting(now));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#webhook?.[Symbol.asyncDispose]();
    await this.#served?.[Symbol.asyncDispose]();
  }
}
