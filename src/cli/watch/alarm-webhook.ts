/** `--webhook`: alarms as JSON to a URL, one after the other, again and again until they are taken, and never more than some. */
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../../model/errors.ts';
import { isOfDisk } from '../../model/watch-event.ts';
import type { WatchEvent } from '../../model/watch-event.ts';
import { watchEventJson } from '../../render/json/watch.ts';

export interface AlarmWebhook extends AsyncDisposable {
  /** Returns at once; what is not an alarm, or the end of one, is not sent. */
  readonly send: (event: WatchEvent) => void;
  /** Ends it; resolves to what was not taken, for the one that comes after it. */
  readonly handOver: () => Promise<WaitingAlarms>;
}

/** Alarms that were not taken yet, the oldest first, as they are sent; and how many were given up before them. */
export interface WaitingAlarms {
  readonly bodies: readonly string[];
  readonly lost: number;
}

/** Alarms that wait; the oldest is given up for the newest. */
const MOST_WAITING = 100;
const ANSWER_MS = 10_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 300_000;
/** What the last alarms are given when the watch ends. */
const GRACE_MS = 3000;

/** Beside those of disks. */
const SENT: ReadonlySet<WatchEvent['type']> = new Set(['alarm', 'calm', 'unexplained-growth']);

/**
 * Throws UsageError for what is no URL.
 * @param complain told once of each kind of trouble, until it is over.
 * @param before what another one did not get rid of.
 * @param onWaiting told what waits, whenever that changes.
 */
export function createAlarmWebhook(
  typed: string,
  complain: (message: string) => void,
  before: WaitingAlarms = { bodies: [], lost: 0 },
  onWaiting: (waiting: WaitingAlarms) => void = () => undefined,
): AlarmWebhook {
  refuseUnlessUrl(typed);
  const waiting = [...before.bodies];
  const end = new AbortController();
  let { lost } = before;
  let trouble = '';
  let sending: Promise<void> | undefined;
  let isHandedOver = false;
  // Not the URL itself: it may hold a secret.
  const { host } = new URL(typed);
  const tell = (what: string): void => {
    if (what !== '' && what !== trouble) complain(`--webhook: ${host} ${what}`);
    trouble = what;
  };
  const sendAll = async (): Promise<void> => {
    for (let pauseMs = FIRST_PAUSE_MS; waiting.length > 0;) {
      const body = waiting[0];
      const outcome = await post(typed, body);
      if (outcome.isDone) {
        // It may have been given up meanwhile.
        if (waiting[0] === body) waiting.shift();
        onWaiting({ bodies: waiting, lost });
        pauseMs = FIRST_PAUSE_MS;
      }
      tell(outcome.trouble);
      if (isHandedOver) return;
      if (outcome.isDone) continue;
      if (end.signal.aborted) return;
      await wait(pauseMs * (0.75 + Math.random() / 2), undefined, { signal: end.signal, ref: false }).catch(
        () => undefined,
      );
      pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
    }
  };
  const start = (): void => {
    sending ??= sendAll().finally(() => {
      sending = undefined;
    });
  };
  if (waiting.length > 0) start();
  return {
    send: (event) => {
      if (!SENT.has(event.type) && !isOfDisk(event)) return;
      if (waiting.length >= MOST_WAITING) {
        waiting.shift();
        lost++;
      }
      waiting.push(JSON.stringify({ ...watchEventJson(event), ...(lost > 0 && { lostBefore: lost }) }));
      onWaiting({ bodies: waiting, lost });
      start();
    },
    handOver: async () => {
      isHandedOver = true;
      end.abort();
      // What is on its way is either taken or among those that wait.
      await sending;
      return { bodies: waiting.splice(0), lost };
    },
    [Symbol.asyncDispose]: async () => {
      end.abort();
      await Promise.race([sending, wait(GRACE_MS, undefined, { ref: false })]);
      if (waiting.length > 0) complain(`--webhook: ${waiting.length} alarms were not taken`);
    },
  };
}

/** Throws UsageError for what nothing can be sent to. */
export function refuseUnlessUrl(typed: string): void {
  if (!URL.canParse(typed) || !/^https?:$/u.test(new URL(typed).protocol))
    throw new UsageError('--webhook: not a URL; write https://alarms.example.org/diskwhy');
}

/**
 * The same whenever the same alarm is sent again: one that was taken while this process was killed comes twice
 * (draft-ietf-httpapi-idempotency-key-header).
 */
function keyOf(body: string): string {
  return `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
}

interface Outcome {
  /** Whether it is over with this alarm: taken, or refused for good. */
  readonly isDone: boolean;
  readonly trouble: string;
}

async function post(url: string, body: string): Promise<Outcome> {
  let status;
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': keyOf(body) },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    ({ status } = answer);
    await answer.body?.cancel();
  } catch {
    return { isDone: false, trouble: 'does not answer; it is asked again' };
  }
  if (status >= 200 && status < 300) return { isDone: true, trouble: '' };
  const isForNow = status >= 500 || status === 408 || status === 425 || status === 429;
  return isForNow
    ? { isDone: false, trouble: `answers ${status}; it is asked again` }
    : { isDone: true, trouble: `refuses alarms: ${status}` };
}
