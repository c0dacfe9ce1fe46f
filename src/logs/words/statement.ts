/** How plainly a line states a failure. What announces, counts or waits for another attempt states none. */
import { foreignErrno, foreignFailure } from './foreign-words.ts';
import type { Meaning } from './lexicon.ts';

/** What a line says of the next attempt, taken out before it is asked what is left. */
const announcement =
  /\b(?:(?:will |now )?(?:re-?try(?:ing)?|try(?:ing)? again|re-?connect(?:ing)?|re-?attempt(?:ing)?|restart(?:ing)?|sleeping|waiting)\b(?: failed \w+)?(?: (?:in|after|every|for|with|at|on|connection|scheduled|later)\b[^,;:]*)?|back(?:ing|ed)?[- ]?off\b(?: restarting failed \w+)?[^,;:]*|(?:next|another) (?:try|attempt|retry)\b[^,;:]*|attempts?\b[ #=:]*\d+(?: ?(?:of|\/) ?\d+)?|max(?:imum)? (?:retries|attempts)(?: exceeded)?|(?:gave|giving|gives) up|too many (?:retries|attempts|times)|retry (?:scheduled|limit)\w*|retries[ =:]+\d+)/giu;
/** A cause that has a name: errno, what strerror(3) says of it, a known end of a program. */
const named =
  /\b(?:connection (?:refused|reset|timed out)|address already in use|no space left|disk quota exceeded|permission denied|no such (?:file|host|device)|no route to host|name or service not known|(?:host|network) is unreachable|too many open files|out of memory|cannot allocate memory|oom-?kill\w*|read-only file system|broken pipe|input\/output error|i\/o timeout|not a directory|is a directory|operation not permitted|connection_refused|(?:password|authentication|certificate)\b.{0,40}\b(?:failed|failure|expired|invalid)|access denied|cannot find module|no module named|command not found|segmentation fault|core dumped|already in use|database (?:table )?is locked|E(?:CONN(?:REFUSED|RESET|ABORTED)|ADDRINUSE|NOSPC|ACCES|PERM|NOENT|MFILE|NFILE|TIMEDOUT|PIPE|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN|ROFS|IO|DQUOT|NOMEM|EXIST|ISDIR|NOTDIR))\b/iu;
const exception = /\b[\w.]*(?:Exception|Error)\b(?=:| at )|^panic: |\bpanicked at\b|\bTraceback\b/u;
const exitStatus =
  /\bexit(?:ed|s)?\b[^;]{0,30}(?:status|code|value|signal)[ =:[]+-?\d+|\bstatus=\d+\/|\bterminated by SIG|\bexit status <\*>|\bexited with code|\bterminated with (?:error|signal)/iu;
const failure =
  /\b(?:fail(?:ed|s|ure)?|refused|cannot|can't|can not|could ?n[o']t|unable|denied|timed[ -]?out|unreachable|not respond\w*|did(?: not|n['o]t) (?:complete|finish|succeed|return)|no (?:response|answer)|unavailable|fatal|crash(?:ed)?|aborted|not found|does not exist|doesn't exist|not set|invalid|not permitted|(?:connect(?:ion)?|handshake|inactivity|lock|ping|read|request|response|socket|write) timeout|only ran for|abnormal|reject(?:ed|s)?|unhandled|uncaught|lost|broken|errors?|exception|missing|suspended|already running|not (?:yet )?(?:available|ready|reachable|connected))\b/iu;

const target = /[\w.\]-]:\d{2,5}\b|:\/\/|(?:^|[\s"'(])\/[\w.-]+\/\w/u;
const levelName = /^(?:error|warn|warning|info|debug|notice|fatal|trace|seconds|minutes)$/iu;

/** What says less plainly that something is wrong. */
const trouble =
  /\b(?:too many|forbidden|unauthori[sz]ed|expired|mismatch|corrupt(?:ed)?|conflict|exceeded|exhausted|disconnected|terminated|killed|stale|stuck|hung|malformed|timeout|offline|panic|not running|bad \w+|crashing|[45]\d\d [A-Z][a-z]+)\b/iu;

/** A level is a column of the log, not a word of the line. */
const level =
  /\[(?:error|err|crit|critical|fatal|emerg|alert)\]|(?<![\w-])(?:ERROR|FATAL|CRITICAL|SEVERE|EMERG)(?![\w-])|\b(?:level|lvl|severity)["']?\s*[=:]\s*["']?(?:error|err|fatal|crit|critical)\b/gu;

/** Whether a line that only announces another attempt says of what: an address, a path, or words besides. */
export function saysOfWhat(headline: string): boolean {
  const left = headline.replaceAll(announcement, ' ');
  const words = left.match(/(?<![\w<])[a-z]{4,}(?![\w>])/giu) ?? [];
  return target.test(left) || words.filter((word) => !levelName.test(word)).length >= 2;
}

/**
 * 0 where it states none; more the more plainly: a named cause over an exception, over words of failure, over an exit
 * status, over a level alone.
 */
export function statementStrength(headline: string, { fails, dies, traced, supervises }: Meaning): number {
  if (!fails && !dies && !traced) return 0;
  // Where each line of a trace has a prefix, its first one is a record of its own, and the last one says what it is.
  if (/Traceback \(most recent call last\):\s*$/u.test(headline)) return 0.5;
  const plain = headline.replaceAll(announcement, ' ');
  // "invalid_grant" says so as well.
  const words = plain.replaceAll(level, ' ');
  const left = words.includes('_') ? `${words} ${words.replaceAll('_', ' ')}` : words;
  const says =
    (named.test(left) || foreignErrno.test(left) ? 8 : 0) +
    (exception.test(left) ? 4 : 0) +
    (failure.test(left) || foreignFailure.test(left) ? 3 : 0) +
    (exitStatus.test(left) ? 2 : 0) +
    (trouble.test(left) ? 1 : 0) +
    (traced ? 1 : 0) +
    (dies ? 0.4 : 0);
  // A level, or a word that only announces, is no statement of its own beside a line that has one.
  if (says === 0) return plain === headline ? 1 : 0;
  if (supervises) return Math.max(2, says - 2);
  // Of two that say as much, the one that does not go on about the next attempt is the cause of the other.
  return says + (plain === headline ? 1.5 : 1);
}
