/**
 * What lines are: a program's log says how its work goes, with times, levels, requests or stack traces. Tables, though
 * each line may have a time, and results are somebody's data, whatever they are called.
 */

/** ISO 8601 and its kin, syslog's, the bracketed ones of Apache and PHP, seconds since 1970 or since the start, and TAI64N (svlogd, multilog). */
export const TIME =
  /^\W{0,3}(?:\w{1,12}\W{1,3}){0,2}(?:\d{4}[-/.]\d\d[-/.]\d\d[T _]\d\d:\d\d|(?:\w{3} )?\w{3} [ \d]\d \d\d:\d\d:\d\d|\d{1,2}[-/ ]\w{3}[-/ ]\d{4}[: ]\d\d:\d\d|\d\d:\d\d:\d\d[.,\s]|\d{10}(?:\.\d+)?[:\s]|@[\da-f]{24}\s|\s*\d+\.\d{3,6}\]?\s)/u;

/** Words by which programs say how bad it is, or who speaks ("sshd[71]: "). */
export const LEVEL =
  /\b(?:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|alert|emerg|panic|failed|failure|exception|refused|timeout|timed out|denied)\b|\w\[\d+\]: /iu;
/** What web servers and proxies write of a request (Common Log Format), and the severities of PostgreSQL's csvlog. */
const SPEAKS =
  /\b(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|CONNECT)\b \S|\bHTTP\/\d|,(?:LOG|STATEMENT|DETAIL|HINT|CONTEXT),/u;
/** What programs say of their work where they have no levels. */
const WORK =
  /\b(?:cannot|can't|could not|couldn't|unable|retry\w*|(?:re)?start(?:ed|ing)|stopp(?:ed|ing)|exit(?:ed|ing)|listening|connect(?:ed|ing|ion)|requests?|install(?:ed|ing)?|upgrade|remov(?:ed|ing)|usb|kernel)\b/iu;
/** Keys by which structured logs say the same. */
const LOG_KEY =
  /"(?:level|lvl|levelname|severity|msg|message|log|logger|error|stream|client_ip|http_\w+|(?:remote|request|response|user|upstream)_?\w*)"\s*:|"(?:GET|POST|PUT|HEAD|DELETE)"/iu;
/** Stack traces of Java, JavaScript and Python. */
const TRACE = /^\s+at \S|^Caused by: |^Traceback |^\s+File "/u;
// oxlint-disable-next-line no-control-regex -- an escape sequence begins with one.
const COLOUR = /\u001B\[[\d;]*m/gu;
/**
 * Statements that change data, with nothing before them: a journal that is played again (HSQLDB's .log), or a dump. A log
 * of statements says when, and who.
 */
const STATEMENT =
  /^(?:\/\*C\d+\*\/)?(?:INSERT INTO|UPDATE \S+ SET|DELETE FROM|MERGE INTO|REPLACE INTO|SET SCHEMA|COMMIT|ROLLBACK|DISCONNECT)\b/iu;
const SEPARATORS = [',', ';', '\t', '|'] as const;
/** A number, a time or a date. */
const FIGURE = /^[-+]?[\d.:,/TZ-]+(?:e[-+]?\d+)?$/iu;

const LEAST_LINES = 10;
const MOSTLY = 0.9;
const SELDOM = 0.1;
const RARE = 0.05;
/** Of lines that differ, where the same is said again and again. */
const REPEATED = 0.2;

/** Whether lines of text say that they are a log, or nothing new: results of a long computation, called a log, say neither. */
export function isProgramLog(lines: readonly string[]): boolean {
  if (isDataTable(lines)) return false;
  const marked = lines.filter((line) => {
    const plain = line.replaceAll(COLOUR, '');
    return [TIME, LEVEL, SPEAKS, LOG_KEY, TRACE].some((mark) => mark.test(plain));
  });
  return marked.length > lines.length * RARE || new Set(lines).size <= lines.length * REPEATED;
}

/** Whether more than a few lines have a level, a request or a program that speaks of its work, and not only a time. */
export function saysHowItGoes(lines: readonly string[]): boolean {
  const marked = lines.filter((line) => {
    const plain = line.replaceAll(COLOUR, '');
    return [LEVEL, SPEAKS, TRACE, WORK].some((mark) => mark.test(plain)) || hasLogKey(plain);
  });
  return marked.length > lines.length * SELDOM;
}

/** Of an object the keys of its own: what lies inside it may have a message, too. */
function hasLogKey(line: string): boolean {
  return LOG_KEY.test(line.startsWith('{') ? withoutInner(line) : line);
}

function withoutInner(line: string): string {
  let outer = line.slice(1);
  for (let depth = 0; depth < MOST_DEPTH; depth++) outer = outer.replaceAll(/\{[^{}]*\}/gu, '');
  return outer;
}

const MOST_DEPTH = 4;

/** Whether these lines are records of a table, or objects, that no log would be. Few lines are no evidence. */
export function isDataTable(lines: readonly string[]): boolean {
  if (lines.length < LEAST_LINES) return false;
  const share = (test: (line: string) => boolean): number => lines.filter(test).length / lines.length;
  if (share((line) => STATEMENT.test(line)) >= MOSTLY) return true;
  if (share((line) => line.startsWith('{') && line.endsWith('}')) >= MOSTLY) return share(hasLogKey) < SELDOM;
  if (share((line) => LEVEL.test(line) || SPEAKS.test(line)) > SELDOM) return false;
  return (
    SEPARATORS.some((separator) => hasColumns(lines, separator)) ||
    share((line) => line.split(/\s+/u).every((field) => FIGURE.test(field))) >= MOSTLY
  );
}

/** Whether nearly all lines have as many fields as the first, three or more, and few of them are sentences. */
function hasColumns(lines: readonly string[], separator: string): boolean {
  const columns = lines[0].split(separator).length;
  if (columns < 3) return false;
  const alike = lines.filter((line) => {
    const fields = line.split(separator);
    return fields.length === columns && !fields.some((field) => field.trim().split(' ').length > MOST_WORDS);
  });
  return alike.length >= lines.length * MOSTLY;
}

const MOST_WORDS = 3;
