/** Reasons, holders and advice of `diskwhy tmp` as JSON: codes and values, and the sentence for people as `text`. */
import { isText, toBuffer, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { TmpAdvice, TmpHolder, TmpReason } from '../../model/tmp-reason.ts';
import type { TmpUnit } from '../../model/tmp-report.ts';
import { remedyJson } from './remedy.ts';
import { adviceWords } from '../words/tmp-advice.ts';
import { holdWords } from '../words/tmp-holder.ts';
import { reasonWords } from '../words/tmp.ts';

/** Fields of reasons and holders that hold names. */
const NAMES = [
  'socket',
  'bound',
  'pattern',
  'entry',
  'source',
  'home',
  'place',
  'member',
  'mountPoint',
] as const;

/** @param reason the unit's, or one within it. */
export function reasonJson(unit: TmpUnit, reason: TmpReason): object {
  const text = reasonWords({ ...unit, reason });
  switch (reason.code) {
    case 'family':
      return { ...withNames(reason), because: reasonJson(unit, reason.because), text };
    case 'assumed-unused':
      return { ...reason, doubt: reasonJson(unit, reason.doubt), text };
    case 'owner-command':
    case 'known-place':
      return { ...withNames(reason), keeps: reason.keeps.map(toText), text };
    default:
      return { ...withNames(reason), text };
  }
}

/** `how` is the words, `hold` the code of the same. */
export function holderJson({ how, command, ...rest }: TmpHolder): object {
  const holder = { how, command, ...rest } as TmpHolder;
  return { ...withNames(rest), command: toText(command), how: holdWords(holder), hold: how };
}

export function adviceJson(advice: TmpAdvice): object {
  const { text, command } = adviceWords(advice);
  const said = { code: advice.code, text, command: command ?? null };
  return 'remedies' in advice ? { ...said, actions: advice.remedies.map(remedyJson) } : said;
}

/** The same fields, names as text, with their bytes beside where the text does not lead back to them. */
function withNames(fields: object): object {
  const all: Record<string, unknown> = { ...fields };
  for (const field of NAMES) {
    const name = all[field];
    if (typeof name !== 'string') continue;
    all[field] = toText(name as ByteString);
    if (!isText(name as ByteString)) all[`${field}Base64`] = toBuffer(name as ByteString).toString('base64');
  }
  return all;
}
