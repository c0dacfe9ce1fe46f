/** Mail. */
import type { MailStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const mail: Readonly<Record<MailStore, StoreWords>> = {
  postfix: {
    name: 'Postfix mail queue',
    gives:
      'see what waits and why, stop who sends it; then delete by queue id, or a whole queue (postsuper -d ALL deferred; maildrop: postsuper -d ALL maildrop)',
    never: 'never delete queue files by hand while it runs',
  },
  exim: {
    name: 'Exim mail queue',
    gives: 'see what waits and why, stop who sends it; then remove messages by id (exiqgrep -i lists them)',
    never: 'never delete -D or -H files by hand: each needs the other',
  },
  sendmail: {
    name: 'Sendmail mail queue',
    gives: 'see what waits and why; remove messages by queue id with qtool or a queue group run',
    never: 'never delete df files without their qf files',
  },
  dovecot: {
    name: 'Dovecot mailboxes',
    gives: 'expunge old mail of the largest users; with dbox it comes back after doveadm purge',
    never: 'never delete mail or index files by hand',
  },
  maildir: {
    name: 'Maildir mailboxes',
    gives: 'its owner deletes mail in a mail program, or expunge by age through the server',
    never: 'each file is a message of somebody',
  },
  cyrus: {
    name: 'Cyrus mailboxes',
    gives: 'let Cyrus remove mail that was expunged or deleted before',
    never: 'never delete mail or cyrus.* files by hand',
  },
  zimbra: {
    name: 'Zimbra data',
    gives: 'delete old backups with zmbackup, empty mailboxes and dumpster through Zimbra',
    never: 'never delete below store/ or redolog/ by hand',
  },
  cups: {
    name: 'CUPS print jobs',
    gives:
      'cancel jobs nobody waits for with cancel -a -x, which removes their files; PreserveJobFiles no (or a time) and MaxJobs in cupsd.conf keep fewer',
    never: 'what was printed may be confidential: it is its owner who says what goes',
  },
};
