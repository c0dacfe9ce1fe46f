/** Mail that nobody fetches: mailboxes in the spool, filled by cron and daemons. */
import type { ByteString } from '../byte-string.ts';

export interface MailboxFacts {
  readonly rule: 'mailbox';
  readonly boxes: readonly { readonly path: ByteString; readonly diskBytes: number }[];
  /** Of the latest messages of the largest box: who sends most of them, and about what; undefined where that cannot be read. */
  readonly mostly:
    | {
        readonly subject: ByteString;
        readonly sender: ByteString;
        readonly count: number;
        readonly of: number;
      }
    | undefined;
  /** Seconds since 1970. */
  readonly lastWrittenAt: number;
}
