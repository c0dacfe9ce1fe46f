/** What names have in common: numbers, dates, identifiers and random parts masked, so that files of one form are one thing. */
import { isText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';

/** A UUID; eight hexadecimal digits or sixteen letters and digits, a digit among them, between other characters; or a number. */
const IDENTIFIER =
  /(?<![A-Za-z0-9])(?:[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}|(?=[a-f]*\d)[\da-f]{8,}|(?=[A-Za-z]*\d)[A-Za-z\d]{16,})(?![A-Za-z0-9])|\d+/gu;
/** mkstemp(3) and rsync end names in six random characters after a dot, mktemp(1) in ten; tempfile modules begin with "tmp", uploads of PHP with "php". */
const RANDOM_END = /(?<=\.)(?:(?=[A-Za-z]*[A-Z\d])[A-Za-z\d]{6}|(?=[A-Za-z]*\d)[A-Za-z\d]{10})$/u;
const RANDOM_START = /^(?<program>tmp(?=[a-z\d_]{6,}(?:$|\.))|php(?=[A-Za-z\d]{6}$))[A-Za-z\d_]+/u;

/** Days of the week and months, short or in full: dumps are called by them and overwrite each other. */
const DAY_OR_MONTH =
  /(?<![A-Za-z])(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|(?:nov|dec)(?:ember)?)(?![A-Za-z])/giu;

/** For find -name: `*` where names differ, everything else itself. */
export function globOf(name: string): string {
  return name
    .replaceAll(/[*?[\]\\]/gu, '?')
    .replace(RANDOM_START, '$<program>*')
    .replace(RANDOM_END, '*')
    .replaceAll(IDENTIFIER, '*')
    .replaceAll(DAY_OR_MONTH, '*')
    .replaceAll(/\*(?:[-:.T_]?\*)+/gu, '*');
}

/** The form of a whole path, component by component; undefined for one that is no text. */
export function formOfPath(path: ByteString): string | undefined {
  return isText(path) ? toText(path).split('/').map(globOf).join('/') : undefined;
}
