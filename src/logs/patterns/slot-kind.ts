/** Reads from a line's text what kind of value stands at a token: done once per template, never per line. */
import type { SlotKind } from './slot.ts';

const unitSuffix = /^[~<>≈]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?:ns|us|µs|ms|s|sec|secs|seconds|m|min|h)[.,]?$/u;
const compoundDuration = /^(?:\d+h)?(?:\d+m)?\d+(?:\.\d+)?m?s$/u;
const unitAfter = /^["']?\s*(?:ns|us|µs|ms|s|sec|secs|seconds?|millis(?:econds)?|minutes?|hours?)\b(?![=:])/u;
const durationKey =
  /(?:time|took|elapsed|duration\w*|latency|backoff|back-off|delay|uptime|wait|interval|age|rt|_ms|_us|_ns|ms)["']?\s*[=:(]\s*["']?$/iu;
const uuid = /^[{(]?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}[>)}.,:;]*$/iu;
/** Alone, or the last part of an address. */
const longHex = /^(?:0x[0-9a-f]{6,16}|(?:\S*\/)?[0-9a-f]{12,})[>)}.,:;]*$/iu;
/** Which container, node or volume it is, and not which of many requests: another one each time is news. */
const thingKey =
  /(?:\bcontainer=|\bshim disconnected"? id=|\bcontainer died |\b(?:node|host|volume|device|disk|shard|tenant)(?:[-_ ]?id)?["']?[ =:]+["'(]?)$/iu;
/** Which job, order or block it is. */
const itemKey =
  /\b(?:job|build|order|invoice|batch|block|slot|height|page|record|row|item|file|chunk|epoch)(?:[-_ ]?(?:id|no|number))?["']?[ =:#]{1,2}["'#]?$/iu;
const identityKey =
  /(?:trace|span|request|req|correlation|transaction|conn|session)[-_ ]?(?:id)?["']?\s*[=:#]\s*["']?$/iu;
/** Where an object lay in memory ("<Socket object at 0x7f…>") says as little as a clock does. */
const pointer = /^0x[0-9a-f]{6,16}[>)}.,:;]*$/iu;
/** What Java tells two objects of a class apart by: `ServiceRecord{ee42bf0 …`, `Worker@1b28cdfa`. */
const objectHash = /[A-Z]\w+[{@]$/u;
const object = /^[A-Z][\w.]*@[0-9a-f]{6,8}$/u;
/** Which of its threads wrote a line, `http-nio-8080-exec-3`, or which process within Erlang's `<0.512.0>`. */
const threadName =
  /^[\w-]*(?:thread|pool|container|executor|exec|worker|reactor|scheduler|eventloop)[\w-]*-\d+$/iu;
/** The number of the message, after a level cut to four letters (op/go-logging's `ERRO 081`). */
const messageNumber = / (?:DEBU|INFO|NOTI|WARN|ERRO|CRIT) $/u;
/** An index that is drawn, not counted: `initiatorIndex=3509660957`. */
const drawn = /^\d{8,}$/u;
const erlangPid = /#?(?:PID|pid=)<$/u;
/** A name made of a host, a port and a time, new with each start: `5338986a6080-37033-1574867374550-0`. */
const madeUp = /^[\w.]+-\d{2,5}-\d+(?:-\d+)+$/u;
const clockDigits = /^\d{1,2}(?:[.,]\d+)?Z?$/u;
const date = /^(?:19|20)\d{2}[-/.]\d{2}[-/.]\d{2}(?:[T_]\d{2})?$/u;
/** A whole time in one piece, as a program's own stamp is behind a syslog header. */
const dateTime = /^(?:19|20)\d{2}[-/.]\d{2}[-/.]\d{2}[T_ ]\d{2}:\d{2}(?::\d{2}\S*)?$/u;
const epoch = /^1[0-9]\d{8}(?:\d{3}){0,3}(?:\.\d+)?$/u;
/** Chromium's: month and day, hour, minute, second. */
const chromiumClock = /^(?:\d{4}\/)?\d{6}\.\d{3,6}$/u;
/** What the kernel sets before its messages: seconds since it was started. */
const uptime = /^\d{1,9}\.\d{6}$/u;
const pidKey = /(?:^|[^a-z])(?:_?pid|process|tid)["']?\s*[=:#]?\s*["']?$/iu;
/** "worker 3" counts workers, "child 22998" names one. */
const childKey = /(?:^|[^a-z])(?:child|worker)(?: process)? \(?$/iu;
/** `<165>1 2026-11-22T17:42:26.003Z host app `: what follows is PROCID. */
const rfc5424Head = /^<\d{1,3}>\d \S+ \S+ \S+ $/u;
const decimal = /^\d+\.\d+[.,\]]*$/u;
/** Behind the wall's time that of a simulation, as ROS writes them: `[1763607600.123, 214.372]`. */
const simulated = /(?:\[|^)\d{6,10}\.\d{6,9}, $/u;
/** `remote_addr="127.0.0.1:43634"`: another port of the same machine each time. */
const loopbackPort = /^(?:127\.0\.0\.1|localhost|\[::1\]):[1-6]\d{4}$/u;
const clock = /^(?:\d{1,2}:)?\d{2}:\d{2}/u;

/**
 * @param text the whole line. @param start, end the token in it. @param index its position among the line's tokens.
 */
export function slotKind(text: string, start: number, end: number, index: number): SlotKind {
  const value = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 24), start);
  const after = text.slice(end, end + 12);
  if (
    /^\d{1,8}$/u.test(value) &&
    (isProcessId(before, after, index) ||
      (value.length > 2 && childKey.test(before)) ||
      rfc5424Head.test(text.slice(0, start)))
  )
    return 'pid';
  if (thingKey.test(before)) return 'value';
  if (pointer.test(value) && before.endsWith(' at ')) return 'clock';
  if (/^[0-9a-f]{6,8}$/u.test(value) && objectHash.test(before)) return 'clock';
  if (madeUp.test(value) || object.test(value) || threadName.test(value)) return 'clock';
  if (erlangPid.test(before) || (messageNumber.test(before) && /^[0-9a-f]{2,}$/u.test(value))) return 'clock';
  if (drawn.test(value) && /index=$/iu.test(before)) return 'identity';
  if (isId(value) || identityKey.test(before)) return 'identity';
  if (unitSuffix.test(value) || compoundDuration.test(value)) return 'duration';
  if (/^\d+(?:\.\d+)?$/u.test(value) && (unitAfter.test(after) || durationKey.test(before)))
    return 'duration';
  if (clockDigits.test(value) && (/\d:$/u.test(before) || clock.test(value + after))) return 'clock';
  if (date.test(value) || dateTime.test(value) || epoch.test(value) || chromiumClock.test(value))
    return 'clock';
  if (decimal.test(value) && (/\btime $/iu.test(before) || simulated.test(before))) return 'clock';
  if (uptime.test(value) && /\[ *$/u.test(before) && after.startsWith(']')) return 'clock';
  if (
    /^\d{4,5}(?:-|->.*)?$/u.test(value) &&
    /(?:\d:|\]:|port[ =:]+)$/u.test(before) &&
    Number.parseInt(value, 10) >= 10_000
  )
    return 'port';
  if (loopbackPort.test(value)) return 'port';
  if (/^\d+$/u.test(value) && itemKey.test(before)) return 'item';
  return 'value';
}

function isId(value: string): boolean {
  return uuid.test(value) || longHex.test(value);
}

function isProcessId(before: string, after: string, index: number): boolean {
  if (pidKey.test(before)) return true;
  if (index > 10) return false;
  // ident[123]: · [123] LOG · [emerg] 123#123: · 123:M 22 Nov (redis) · E1122 17:42:26.1 123 file.go:12]
  if (before.endsWith('[') && /^\](?:[:\s]|$)/u.test(after)) return true;
  if (after.startsWith('#') || (before.endsWith('#') && after.startsWith(':'))) return true;
  if (index === 0 && /^:[MSCX] /u.test(after)) return true;
  // ident (123): as scripts of OpenWrt's netifd write it.
  if (/\w \($/u.test(before) && after.startsWith('): ')) return true;
  return /^\s+[\w.-]+\.(?:go|cc|cpp|c):\d+\]/u.test(after);
}
