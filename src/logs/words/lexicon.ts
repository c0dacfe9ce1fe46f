/** What a line's words say: failing, dying, starting, supervising, serving a client, asking a question. Per template, not per line. */
import { withoutDenials } from './denials.ts';
import { foreignFailure, foreignRetry } from './foreign-words.ts';

export interface Meaning {
  /** Something did not work: by its level or by its words. */
  readonly fails: boolean;
  /** Only a word that also ends what went well, and no level, says that it fails. */
  readonly faint: boolean;
  /** A stack trace hangs on it. */
  readonly traced: boolean;
  /** The process that wrote it cannot have lived on: uncaught exceptions, panics, "exiting". */
  readonly dies: boolean;
  /** It ends, for what reason it does not say. */
  readonly ends: boolean;
  readonly endsWell: boolean;
  /** A program comes up. */
  readonly starts: boolean;
  /** Unmistakably a whole program coming up, not a job or a session of it. */
  readonly startsProgram: boolean;
  /** A supervisor speaks of a program that ended or is started again. */
  readonly supervises: boolean;
  /** A listening address is taken: fatal to most servers. */
  readonly bindFails: boolean;
  /** It speaks of trying again. */
  readonly retries: boolean;
  /** Someone outside caused the line: a client, a login, a request. */
  readonly client: boolean;
  /** One line per request, in an access log's grammar. */
  readonly access: boolean;
  /** It waits for an answer that nobody gives. */
  readonly prompts: boolean;
  /** Sessions and scheduled jobs: short-lived processes that are meant to be. */
  readonly routine: boolean;
  /** A process is replaced as it is meant to be, after so many requests or on a change of settings. */
  readonly planned: boolean;
  /** Something worked. */
  readonly succeeds: boolean;
  /** A piece of work is told to be done, and not only a connection to be there again. */
  readonly finishes: boolean;
}

/** These say failure whatever the level. */
const strong =
  /\b(?:fail(?:ed|s|ure|ures|ing)?|refused|cannot|can't|can not|could ?n[o']t|couldn't|unable|denied|timed[ -]?out|unreachable|no such (?:file|host|device)|no route to|not respond(?:ing)?|did(?: not|n['o]t) (?:respond|complete|finish|succeed|return)|no response|got not answer|no answer|not reachable|unavailable|exhausted|giving up|gave up|gives up|fatal|panic(?:ked)?|segfault|segmentation fault|core dumped|crash(?:ed|ing|[- ]?loop\w*)?|aborted|broken pipe|reset by peer|connection (?:lost|reset)|(?:watchdog|wdt) reset|lost connection|out of memory|no space left|exit(?:ed)?(?: with)?(?: non-?zero)?(?: status| code| value)?[ =:]+-?[1-9]\d*|not expected|code=exited|status=[1-9]\d*\/|unhandled|uncaught|traceback|already in use|database (?:table )?is locked|does not exist|doesn't exist|not permitted|not running|retrying|reconnecting|trying again|will retry|retry in|re-?attempting|backing off|back-off|ENOENT|ENOSPC|EACCES|EMFILE|ENOTFOUND|EADDRINUSE|ECONN[A-Z]+|ETIMEDOUT|EPIPE|EHOSTUNREACH|E(?:BADF|INVAL|IO|ROFS|DQUOT|NOMEM|NFILE|PERM|NOTCONN|HOSTDOWN|NETUNREACH|AI_AGAIN|NOTDIR|NOTEMPTY|BUSY)|(?:connect(?:ion)?|handshake|inactivity|lock|ping|read|request|response|socket|watchdog|write) timeout(?! *[=:])|timeout (?:after|connecting|during|error|exceeded|expired|fetching|occurred|on|reached|reading|waiting|while)|exit(?:ed)? with (?:an? )?(?:abnormal|non-?zero|error) (?:code|status)|only ran for|already running|MODULE_NOT_FOUND|CrashLoop\w*|OOMKilled|\w+_failed|(?:exited|died|killed|terminated) (?:(?:by|due to|on|with) )?signal[ :=(#]+(?!(?:1|2|15)\b)\d+)\b/iu;
/** A thrown error by its class, told with what it says. */
const exceptionName = /\b[A-Z]\w*(?:Error|Exception)(?=: )/u;
/** These say failure unless the line's own level says it is information. */
const weak =
  /\b(?:errors?|exception|invalid|missing|not found|rejected|reject|lost|disconnected|bad [a-z-]+|retry(?:ing)?|try(?:ing)? again|reconnect(?:ing|ed)?|offline|expired|mismatch|corrupt(?:ed)?|conflict|forbidden|unauthori[sz]ed|too many|exceeded|terminated|killed|stale|stuck|hung|died|is down|link state changed to down|not (?:yet )?(?:ready|available|connected|up|valid|allowed|supported|possible|accessible|recogni[sz]ed|working)|stopped (?:running|working|responding|unexpectedly)|malformed|dropped|suspended|timeout|wrong|incorrect|illegal|insufficient|un(?:recogni[sz]ed|expected|supported|successful(?:ly)?|resolved|healthy)|(?<![=:(,] ?)unknown(?= [a-z])|interrupted|retransmi(?:t|ssion|tting))\b/iu;
/** Of those, the ones that also end what went well: a session, a lease, a connection that is done with. */
const faint =
  /\b(?:interrupted|lost|disconnected|offline|expired|terminated|killed|stale|dropped|timeout)\b/giu;
/** What a test or a step of a boot prints before or behind the name of what went well, whatever the name says. */
const passed =
  /^\W*(?:ok \d+\b|PASS(?:ED)?\b|[✓✔√])|^[^\p{L}]*\[ *OK *\]|(?:\.\.\. ?ok|\bPASSED)\s*(?:[[(].*)?$/u;

const errorLevel =
  /(?:^|[\s[<|"'(=*:])(?:level["']?\s*[=:]\s*["']?)?(?:ERROR|ERRO|EROR|ERR|FATAL|CRIT|CRITICAL|SEVERE|EMERG|ALERT|PANIC|Error|Fatal|Critical)(?:["'\]|>):,\s[]|$)|\[[EFC]\]|\(EE\)|(?:^|\s)E! |^[EX] \[|\[ ?(?:error|err|crit|critical|fatal|emerg|alert|[\w-]+:error|[\w-]+:crit|[\w-]+:emerg)\]|(?:level|lvl|severity|levelname)["']?\s*[=:]\s*["']?(?:error|err|eror|fatal|crit|critical|panic|dpanic|alert|emerg|severe)\b|"level"\s*:\s*(?:50|60)\b|"(?:PRIORITY|priority)"\s*:\s*"?[0-3]\b|^[EF]\d{4} \d\d:|\b(?:error|fatal|critical|panic): /u;
const warnLevel =
  /(?:^|[\s[<|"'(=*:])(?:WARN|WRN|WARNING|Warning)(?:["'\]|>):,\s[]|$)|\[W\]|\(WW\)|(?:^|\s)W! |\[ ?(?:warn|warning|[\w-]+:warn)\]|(?:level|lvl|severity|levelname)["']?\s*[=:]\s*["']?warn(?:ing)?\b|"level"\s*:\s*40\b|^W\d{4} \d\d:/u;
const infoLevel =
  /(?:^|[\s[<|"'(=*:])(?:INFO|INF|DEBUG|DBG|TRACE|NOTICE|VERBOSE|FINE|FINER|FINEST)(?:["'\]|>):,\s[]|$)|\[[ID]\]|\(II\)|(?:^|\s)[ID]! |\[ ?(?:info|debug|notice|trace|[\w-]+:(?:info|notice|debug))\]|(?:level|lvl|severity|levelname)["']?\s*[=:]\s*["']?(?:info|debug|trace|notice)\b|"level"\s*:\s*(?:10|20|30)\b|^I\d{4} \d\d:/u;

const dies =
  /\b(?:SIG(?:TERM|KILL|ABRT|SEGV)(?:\[[^\]]*\])? received|(?:received|caught|got)(?: an?| signal| the)? ?\W?SIG(?:TERM|KILL|ABRT|SEGV|BUS|ILL|FPE)|uncaught|unhandled(?:promise)? ?rejection|terminate called|segfault|segmentation fault|core dumped|exception in thread "?main|goroutine 1 \[running\]|panicked at|shutting down due to|aborting|abort trap|process exited|exit(?:ing|ed)? (?:with )?(?:code|status|value)|MODULE_NOT_FOUND|cannot find module|unrecoverable|startup failed|(?:failed|unable) to (?:start|boot)|exec format error|: line \d+: .*(?:not found|no such file|denied)|exec: .*not found|start(?:up)? (?:was )?aborted|could not start|application run failed|node\.js v\d+|command not found|no such module|error while loading shared libraries|(?<![\w-])usage: |in a crash loop|(?:exited|died|killed|terminated) (?:(?:by|due to|on|with) )?signal[ :=(#]+(?!(?:1|2|15)\b)\d+)\b|: line \d+: +\d+ (?:Killed|Terminated|Aborted|Bus error)\b|^panic: |\bemerg\b|\bexit [1-9]\d{0,2}\b|exit status [1-9]|["']?(?:level|severity)["']?\s*[=:]\s*["']?(?:fatal|panic)\b|[[<]fatal[\]>]|fatal (?:error|exception|signal)|terminated abnormally|abnormal(?:ly)? (?:exit|terminat)\w*|aborting\.|bailing out|no module named|importerror|modulenotfounderror|^unhandled exception[.:]|compilation aborted|initdb or pg_basebackup|could not access directory/iu;
/** It ends by itself, which a job that is done does as well. */
const ends = /\bexiting\b/iu;
/** Whose end a supervisor's line tells of, it ended well. */
const endsWell =
  /\(exit status 0; expected\)|\bexit(?:ed|s)?\b[^;]{0,40}\b(?:code|status)[ =:[(]+0\b|\b(?:deactivated|finished|completed|exited) successfully\b|\.service: succeeded\b/iu;
/** One space: PostgreSQL's FATAL, with two, ends a session and not the server. */
const fatalLine = /\bFATAL: \S/u;
const starts =
  /\b(?:starting|started|start(?:ing)? up|booting|bootstrap(?:ping)?|initiali[sz](?:ing|ed)|launching|launched|listening (?:on|at|soon)|version v?<?\d|version: v?\d+\.\d|server version|v\d+\.\d+(?:\.\d+)?\b.*\bstart|loading config\w*|rebooting|rst:0x[\da-f]+(?= \()|reading \/etc|welcome to|entrypoint|spawn(?:ed|ing))\b/iu;
const startsProgram =
  /\bjust started\b|\bis starting up\b|\brst:0x[\da-f]+ \(|\b(?:starting|started|booting|launching|initiali[sz]ing)\b.{0,60}(?:\bv?\d+\.\d+|\b(?:version|pid|up|server|service|daemon|worker|application|app|agent|process|node|engine|gateway)\b)|\b(?:server|service|daemon|worker|application|app|agent|gateway)\b.{0,40}\b(?:starting|booting|launching|initiali[sz]ing)\b|^\W*\S{0,40}\W*(?:starting|booting)(?: up)?(?:\.{3})?\s*$/iu;
/** What starts inside a program that lives on. */
const part =
  /\b(?:saving|save|backup|job|task|session|checkpoint|transaction|scan|cycle|gc|flush|compaction|sync|build|request|query|timer|phase|step|download|upload|child|thread|connection|test|round|poll|stage|pass|batch|import|export|replication|rewrite)\b/iu;
const supervises =
  /\b(?:spawned: '|exited: \S+ \((?:exit status|terminated)|entered (?:FATAL|RUNNING|BACKOFF) state|respawn(?:ing|ed)?|restart counter is at|scheduled restart job|scheduling restart|service (?:hold-off|restartsec)|main process (?:exited|ended|died|crashed)|entered failed state|failed with result|start request repeated|back-off (?:\w+ )?restarting|restarting failed container|auto-?restart|will (?:be )?restart(?:ed)?|restarting (?:service|process|worker|container|in)|worker (?:process )?\S* ?(?:died|exited|terminated)|child (?:process )?(?:pid )?\S* ?(?:died|exited|exit(?:ed)? signal|terminated)|app \[[^\]]*\] (?:exited|starting|online)|disconnected\. restarting|process (?:died|crashed)|starting in -(?:fork|cluster) mode|exited with code \[\d+\]|crashed - waiting|shim disconnected|container died)\b|\btopic=\/tasks\/(?:delete|exit)\b|\bexited with code \d+(?: \(restarting\))?\s*$/iu;
const bindFails =
  /address already in use|EADDRINUSE|could not bind|cannot bind|bind\(?\)? .*failed|failed to (?:bind|listen|create listening socket)|port \S* ?(?:is )?already (?:in use|allocated)|only one usage of each socket/iu;
const retries =
  /\b(?:retry(?:ing)?|retries|try(?:ing)? again|reconnect\w*|re-?attempt\w*|attempt(?:s|ing|ed)?|backoff|back-off|backing off|next (?:try|attempt)|retransmi(?:t|ssion|tting)|will (?:be )?(?:retried|try)|again in|waiting for)\b/iu;
const client =
  /(?:^|\]: )\[?\d{1,3}(?:\.\d{1,3}){3}\]?:\d{4,5} |\bpeer did not return a certificate\b|\bSSL routines:\w*(?:accept|client_(?:hello|certificate))|\bclient <?\w+>? disconnected\b|\bsshd\S*\[\d+\]: (?!.*(?:bind|listen|host ?key|sshd_config|bad configuration))|\b(?:smtpd|imap-login|pop3-login|vsftpd|proftpd|telnetd)\S*\[\d+\]: (?!fatal|panic)|\bkex_exchange_identification\b|\baborted connection\b|\bfrom client\b|\bon client connection\b|\bERROR: {2}(?:duplicate key|could not serialize|deadlock detected|relation|column|syntax error|null value|canceling statement|value too long|invalid input)|\bclient(?: ip| address|_ip|_addr)?[:=" ]+\[?"?\d|(?<!\b(?:response|reply|answer|acknowledge?ment|ack|offer|lease|heartbeat)s? )\bfrom (?:user )?\S* ?\[?\d{1,3}\.\d{1,3}\.|\brhost=|\bremote(?:_addr|_ip|[ _]address)?["']?[=:]\s*["']?\d|\binvalid user\b|(?<!failed: )FATAL: {2}(?:password authentication|no pg_hba\.conf|role "|database "|sorry|too many|remaining connection)|\bDETAIL: {2}Role|(?<!\(\d{5}\): |\[\d{4}\] )\baccess denied for user\b|\bauthentication failure(?:;| for )|\bunable to negotiate with \d|\bmaximum authentication attempts\b|\brip=\d|\bfailed (?:password|publickey|none|keyboard-interactive\/pam) for\b|\bconnection (?:received|authorized|closed by|reset by)\b.*(?:\d[.:]\d|port)|\brequest: "|\[client \d|\bpeer[:= ]+\[?\d{1,3}\.\d{1,3}\.|\bBLOCK(?:ED)?\b.*\bSRC=|\bSRC=\d|\bDPT=\d/iu;
/** Whatever address stands in it, this program is the one that asked. */
const outgoing =
  /\b(?:cannot|can't|could ?n[o']t|unable to|fail(?:ed|ing) to|failed) connect(?:ing)? to\b|\bconnect(?:ing|ion)? to\b.*\b(?:refused|failed|timed out)\b/iu;
const access =
  /"(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|PROPFIND|CONNECT) [^"]*"\s+\d{3}\b|"(?:method|verb|request_method|http_method)"\s*:\s*"(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH)"|\bmethod="?(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH)\b|\b(?:GET|POST|PUT|HEAD|DELETE|PATCH) \/\S* (?:HTTP\/\d\S* )?"?[1-5]\d\d\b|TCP_(?:MISS|HIT|TUNNEL|DENIED)\S*\/\d{3}|\/\d+ [1-5]\d\d \d+ .*"[A-Z]+ \S* HTTP\/\d/u;
const prompts =
  /(?:enter|password|passphrase|login|username|continue|proceed|select|choose|overwrite|paste|type|press)\b[^.]{0,60}(?:[:?>]\s*$|\[y\/n\])/imu;
const routine =
  /\bCRON\b|\bCMD \(|pam_unix\(|\bsession (?:opened|closed)\b|\bstarted session\b|\bnew session\b|session-\d+\.scope|\bremoved session\b|\baccepted (?:publickey|password)\b|\bbackground saving\b|\banacron\b|\brun-parts\b|logrotate|\bsystemd\[\d+\]: (?:starting|started|finished|stopped|stopping|reached|listening|closed) /iu;

const planned =
  /\b(?:auto-?restarting worker after|max[_ -]?requests|(?:reached|handled|served|after) (?:\S+ )?\d+ (?:requests|jobs|tasks)|replacing (?:it|worker|child)|(?:worker|child|process) (?:\S+ )?killed successfully|idle (?:children|workers|processes|servers)\b|pre-?fork(?:ed|ing)?\b|scal(?:ed|ing) (?:down|up)|recycl(?:e|ed|es|ing)|graceful(?:ly)? (?:restart\w*|reload\w*|stopp\w*)|reloading|rotat(?:ed|ing))\b/iu;
const succeeds =
  /\b(?:(?:re)?connected|recovered|succeeded|success(?:ful(?:ly)?)?|complete[d]?|done|finished|synchroni[sz]ed|synced|saved|delivered|uploaded|downloaded|processed|imported|exported|received (?:\d+|(?:a |new )?messages?\b)|publish(?:ed|ing)?|copied|wrote|written|stored|updated|established|restored|online|served|answered|ok)\b/iu;

const finishes = /\b(?:done|finished|completed?|succeeded|success(?:ful(?:ly)?)?)\b/iu;

/**
 * @param line the record's first line without its stamp.
 * @param tail its joined lines, empty when it has none.
 */
export function meaningOf(line: string, tail: string): Meaning {
  const text = line.slice(0, 1024);
  const plain = withoutDenials(text);
  const whole = `${plain}\n${tail}`;
  const isError = errorLevel.test(text);
  const isWarning = !isError && warnLevel.test(text);
  const isInformation = !isError && !isWarning && infoLevel.test(text);
  const saysStrongly = strong.test(whole) || exceptionName.test(plain) || foreignFailure.test(plain);
  // What is replaced on purpose may be said to be killed or lost.
  const isPlanned = planned.test(text);
  const saysFailure = saysStrongly || (!isInformation && !isPlanned && weak.test(plain));
  const isAccess = access.test(text);
  const fails = !isAccess && (isError || saysFailure) && !passed.test(text);
  return {
    fails,
    faint: fails && !isError && !isWarning && !saysStrongly && !weak.test(plain.replaceAll(faint, ' ')),
    traced: /^(?:Traceback|\s+at |\s+File ")/mu.test(tail),
    dies: dies.test(whole) || text.trimStart().startsWith('Traceback (most') || fatalLine.test(text),
    ends: ends.test(whole),
    endsWell: endsWell.test(text),
    starts: starts.test(text) && !isError,
    startsProgram: startsProgram.test(text) && !part.test(text) && !isError,
    supervises: supervises.test(text),
    bindFails: bindFails.test(text),
    retries: retries.test(text) || foreignRetry.test(text),
    client: client.test(text) && !outgoing.test(text),
    access: isAccess,
    prompts: prompts.test(text.trimEnd()),
    routine: routine.test(text),
    planned: isPlanned,
    succeeds: !fails && succeeds.test(text),
    finishes: !fails && finishes.test(plain),
  };
}
