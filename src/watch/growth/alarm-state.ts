/** When growth becomes an alarm, when the alarm is told again, and when it is over. */
import type { KeptAlarm } from '../../model/kept-growth.ts';

export interface AlarmRules {
  readonly alarmBytesPerSecond: number;
  /** Undefined: only the rate counts. */
  readonly alarmGrownBytes: number | undefined;
  readonly updateSeconds: number;
}

/** What is known of something that grows. */
export interface GrowthNow {
  readonly bytesPerSecond: number;
  readonly filesPerSecond: number;
  readonly grownBytes: number;
  /** It has grown in several steps, over a second at least. */
  readonly isSteady: boolean;
  /** Seconds since it last grew. */
  readonly quietSeconds: number;
}

/** New files a second that are an alarm however small they are: inodes run out. */
const ALARM_FILES_PER_SECOND = 500;
/** An alarm ends where growth stays below this part of what raised it … */
const CALM_SHARE = 0.5;
/** … for so long. */
const CALM_SECONDS = 10;
/** An alarm waits so long for its writers and its verdict. */
const HOLD_SECONDS = 0.8;

export type Announcement = 'alarm' | 'update' | 'calm';

export class AlarmState {
  /** Since when the rules are met; undefined where they are not. */
  #metAt: number | undefined;
  #isAlarm = false;
  #wasAlarm = false;
  #toldAt = -Infinity;
  #lastLoudAt = -Infinity;
  /** Grew so far when --grown raised its alarm. */
  #grownTold = 0;

  get isAlarm(): boolean {
    return this.#isAlarm;
  }

  get wasAlarm(): boolean {
    return this.#wasAlarm;
  }

  /** Whether an alarm is about to be told: time to look for its writers. */
  get isPending(): boolean {
    return this.#metAt !== undefined && !this.#isAlarm;
  }

  /** Undefined where it never was one. */
  kept(): KeptAlarm | undefined {
    return this.#wasAlarm ? { isAlarm: this.#isAlarm, grownTold: this.#grownTold } : undefined;
  }

  /** One that a process before this one told goes on, and is not told again. */
  restore({ isAlarm, grownTold }: KeptAlarm, now: number): void {
    this.#isAlarm = isAlarm;
    this.#wasAlarm = true;
    this.#metAt = isAlarm ? now : undefined;
    this.#grownTold = grownTold;
    this.#toldAt = now;
    this.#lastLoudAt = now;
  }

  /** What is to be told now; called several times a second for what grows or is an alarm. */
  next(growth: GrowthNow, rules: AlarmRules, now: number): Announcement | undefined {
    const isFast =
      growth.isSteady &&
      (growth.bytesPerSecond >= rules.alarmBytesPerSecond || growth.filesPerSecond >= ALARM_FILES_PER_SECOND);
    const hasGrown =
      rules.alarmGrownBytes !== undefined && growth.grownBytes - this.#grownTold >= rules.alarmGrownBytes;
    if (!this.#isAlarm) return this.#untilAlarm(isFast, hasGrown, growth, now);
    if (
      growth.bytesPerSecond >= rules.alarmBytesPerSecond * CALM_SHARE ||
      growth.filesPerSecond >= ALARM_FILES_PER_SECOND * CALM_SHARE ||
      (this.#grownTold > 0 && growth.quietSeconds < CALM_SECONDS)
    )
      this.#lastLoudAt = now;
    if (now - this.#lastLoudAt >= CALM_SECONDS) {
      this.#isAlarm = false;
      this.#metAt = undefined;
      return 'calm';
    }
    if (now - this.#toldAt < rules.updateSeconds) return undefined;
    this.#toldAt = now;
    return 'update';
  }

  #untilAlarm(isFast: boolean, hasGrown: boolean, growth: GrowthNow, now: number): 'alarm' | undefined {
    if (!isFast && !hasGrown) {
      this.#metAt = undefined;
      return undefined;
    }
    this.#metAt ??= now;
    if (now - this.#metAt < HOLD_SECONDS) return undefined;
    if (hasGrown) this.#grownTold = growth.grownBytes;
    this.#isAlarm = true;
    this.#wasAlarm = true;
    this.#toldAt = now;
    this.#lastLoudAt = now;
    return 'alarm';
  }
}
