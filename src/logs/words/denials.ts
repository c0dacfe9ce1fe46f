/** Words of failure by where they stand: as the key of a count, a setting or nothing, within a name, or denied in words. */
import { foreignDenial } from './foreign-words.ts';

/** What names a failure when a key does. */
const failing =
  'errors?|errs?|fail(?:ed|s|ures?|ing)?|timeouts?|exceptions?|dropp?(?:ed|s)?|retr(?:y|ies)|lost|missing|reject(?:ed|s)?|warnings?|panics?|fatals?|crash(?:es|ed)?|killed|denied|refused|expired|discarded|unavailable|aborted|invalid|timed[ _-]?out|suspended|dead|stuck';
/**
 * `last_error="none"`, `failed: 0`, `"timeouts":12`, `failures 0/3`, `retries 3`: a key that ends in such a word and what
 * it is said to be. Without a sign between them only a number is its value.
 */
const pair = new RegExp(
  String.raw`(?<![\p{L}\d])["']?(?:[\w]+[ _.-])?(?<word>${failing})["']?(?<sign>\s*(?:[=:]+|=>)\s*|\s+(?=\d))(?<value>"(?:[^"\\]|\\.)*"|'[^']*'|\[\]|\{\}|<nil>|[^\s,;)}\]]*)`,
  'giu',
);
const nothing =
  /^["']?(?:0+(?:\.0+)?(?:\/\d+)?%?|null|nil|none|no|false|ok|n\/a|-)?["']?$|^(?:\[\]|\{\}|<nil>)$/iu;
const number = /^["']?\d[\d.]*(?:\/\d+)?(?:ms|us|µs|ns|s|m|h|sec|seconds|%)?["']?$/iu;
/** How long is waited, or how often tried: a setting, whatever it is. */
const setting = /^(?:timeouts?|retr(?:y|ies))$/iu;
/** Numbers under these tell how many there were so far, unless it is which error: `error 111`, `err=5` of errno. */
const count = /^(?:errors?|failures?|exceptions?|retries|warnings?|timeouts?|drops|dropped)$/iu;

/** A JSON member that is empty, and one whose key is a sentence over a number (counts of what was seen). */
const jsonMember =
  /"[^"\n]{1,80}"\s*:\s*(?:0(?![\d.])|null\b|false\b|""|\[\]|\{\})|"[^"\n]{0,80} [^"\n]{0,80}"\s*:\s*\d/gu;
/** `0 of 12 failed`, `no errors`, `0 expired`, `failed to reach 0 of 3`, `succeeded after 2 retries`. */
const none = new RegExp(
  String.raw`\b(?:(?:no|without|zero)\s+(?:\w+\s+)?(?:errors?|failures?|failed|warnings?|exceptions?|lost|dropped|timeouts?|retries)|0(?:\/\d+| of \d+)?\s+(?:\w+\s+){0,2}(?:${failing}|unreachable|mismatch(?:es)?|corrupt(?:ed)?|conflicts?)|failed to \w+ 0 (?:of|/) ?\d+)\b`,
  'giu',
);
const phrase =
  /\btimed[ -]?out (?:without|with no) (?:new |any )?\w+|\b(?:succeeded|success(?:fully)?|ok|done) after \d+ (?:retr\w+|attempts?|tries)|\bterminated with success|\b(?:allocation|evacuation) failure\b|\bto-space exhausted\b|\b(?:received )?disconnect(?:ed)? (?:from|by) (?:authenticating )?user\b|\breceived disconnect from\b|\bfailed to acquire (?:leader )?lease\b|\bnot yet expired\b|\bupdate (?:for [^,;:]{1,40} )?is not available\b/giu;
/** A name that has such a word in it: of a file, a directory, an option, a test or a module. */
const inName =
  /\b[\w-]*(?:suspended|lost|dropped|rejected|expired|killed|denied|aborted|invalid|discarded|missing)[\w-]*[._]\w+\s*[=:]|\b[\w-]*(?:error|err|warn|fail|exception|timeout|retry|panic|fatal|crash|refused|missing)[\w-]*(?:\.\w+|_\w+|-\w+)|--?[\w-]*(?:error|warn|fail|timeout|retry)[\w-]*|\/[^\s"']*(?:error|fail|except|timeout|crash|panic|missing|invalid)[^\s"']*/giu;

/** The text without what denies a failure, counts none, or only has a word of failure in a name. */
export function withoutDenials(text: string): string {
  return text
    .replace(jsonMember, ' ')
    .replace(pair, (whole: string, ...rest: unknown[]) => {
      const { word, sign, value } = rest.at(-1) as { word: string; sign: string; value: string };
      // "failed retry 3" counts retries of what failed.
      return saysNothing(word, sign, value) ? whole.slice(0, whole.indexOf(word)) : whole;
    })
    .replace(none, ' ')
    .replace(phrase, ' ')
    .replace(foreignDenial, ' ')
    .replace(inName, ' ');
}

function saysNothing(word: string, sign: string, value: string): boolean {
  const isSigned = sign.trim() !== '';
  // "failed:" at the end of a line announces what follows it; "error=" says that there is none.
  if (value === '') return isSigned && !sign.includes(':');
  if (nothing.test(value)) return true;
  if (!number.test(value)) return false;
  return setting.test(word) || (isSigned && count.test(word));
}
