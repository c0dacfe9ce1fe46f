/** Mail nobody fetches: whose, from whom, about what. */
import { ageText } from '../../../model/age.ts';
import { baseName } from '../../../model/byte-string.ts';
import { sizeText } from '../../../model/size.ts';
import { quoted, someOf } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

const MOST_BOXES = 4;

export const mailboxWords: FindingWords<'mailbox'> = {
  title: ({ boxes }) =>
    boxes.length === 1 ? `mail of ${quoted(baseName(boxes[0].path))}` : 'mail nobody fetches',
  evidence: ({ boxes, mostly, lastWrittenAt }, nowSeconds) => [
    ...(mostly === undefined
      ? []
      : [
          `${mostly.count} of the latest ${mostly.of} messages are "${quoted(mostly.subject)}" from ${quoted(mostly.sender)}`,
        ]),
    `${someOf(
      boxes.map(({ path, diskBytes }) => `${sizeText(diskBytes)} in ${quoted(path)}`),
      MOST_BOXES,
    )}; the last message came ${ageText(Math.max(0, nowSeconds - lastWrittenAt))} ago`,
  ],
  advice: ({ mostly }) =>
    `${mostly !== undefined && /cron/iu.test(mostly.subject) ? 'mend or silence the cron job (MAILTO= in its crontab)' : 'stop what sends it, or have it forwarded'}; then read and delete the messages with a mail program: the file is somebody's mail, and the mail system may be writing it`,
};
