/**
 * Lines that are somebody's data though each has a time: orders, measurements, events. A program's log says how its work
 * goes, in words; a table has the same fields in each line, and none of them is a level.
 */

/** Words by which programs say how bad it is, or who speaks ("sshd[71]: "). */
export const LEVEL =
  /\b(?:trace|debug|info|notice|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|alert|emerg|panic|failed|failure|exception|refused|timeout|timed out|denied)\b|\w\[\d+\]: /iu;
/** What web servers and proxies write of a request (Common Log Format), and the severities of PostgreSQL's csvlog. */
const SPEAKS =
  /\b(?:GET|POST|PUT|HEAD|DELETE|OPTIONS|PATCH|CONNECT)\b \S|\bHTTP\/\d|,(?:LOG|STATEMENT|DETAIL|HINT|CONTEXT),/u;
/** Keys by which structured logs say the same. */
const LOG_KEY =
  /"(?:level|lvl|levelname|severity|msg|message|log|logger|error|stream|client_ip|http_\w+|(?:remote|request|response|user|upstream)_?\w*)"\s*:|"(?:GET|POST|PUT|HEAD|DELETE)"/iu;
const SEPARATORS = [',', ';', '\t', '|'] as const;
/** A number, a time or a date. */
const FIGURE = /^[-+]?[\d.:,/TZ-]+(?:e[-+]?\d+)?$/iu;

const LEAST_LINES = 10;
const MOSTLY = 0.9;
const SELDOM = 0.1;

/** Whether these lines are records of a table, or objects, that no log would be. Few lines are no evidence. */
export function isDataTable(lines: readonly string[]): boolean {
  if (lines.length < LEAST_LINES) return false;
  const share = (test: (line: string) => boolean): number => lines.filter(test).length / lines.length;
  if (share((line) => line.startsWith('{') && line.endsWith('}')) >= MOSTLY)
    return share((line) => LOG_KEY.test(line)) < SELDOM;
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
