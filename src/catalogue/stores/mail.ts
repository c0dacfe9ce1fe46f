/** Mail on its way, mail that lies, and what waits to be printed: queues and mailboxes, which only their server may change. */
import type { MailStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const mail: readonly (StoreEntry & { readonly store: MailStore })[] = [
  {
    store: 'postfix',
    marks: ['maildrop active deferred', 'maildrop incoming defer', 'active deferred incoming'],
    programs: ['master', 'qmgr', 'pickup'],
    parts: [
      ['queue', 'maildrop'],
      ['queue', 'deferred'],
      ['queue', 'active'],
      ['queue', 'incoming'],
      ['queue', 'hold'],
      ['queue', 'corrupt'],
      ['queue', 'defer'],
    ],
    levers: [
      { command: 'postqueue -p', does: 'shows' },
      { command: 'postsuper -d ALL deferred', loses: 'content' },
    ],
    source: 'postsuper(1), postqueue(1)',
  },
  {
    store: 'exim',
    marks: ['input msglog', 'input msglog db'],
    programs: ['exim', 'exim4'],
    parts: [
      ['queue', 'input'],
      ['log', 'msglog'],
    ],
    levers: [
      { command: 'exim -bp', does: 'shows' },
      { command: 'exim -Mrm MESSAGE', loses: 'content' },
    ],
    source: 'exim(8): -bp, -Mrm; exiqgrep(8)',
  },
  {
    store: 'sendmail',
    marks: ['df[a-zA-Z0-9]*[0-9][0-9][0-9][0-9][0-9] qf[a-zA-Z0-9]*[0-9][0-9][0-9][0-9][0-9]'],
    programs: ['sendmail'],
    extent: /^[dqtx]f[A-Za-z0-9]{6,}/u,
    levers: [{ command: 'mailq', does: 'shows' }],
    source: 'Sendmail Installation and Operation Guide: the queue',
  },
  {
    store: 'dovecot',
    marks: [
      'dovecot.map.index',
      'mailboxes storage/dovecot.map.index',
      'storage/dovecot.map.index*',
      'storage/m.[0-9]*',
      '*/mailboxes/*/dbox-Mails',
      'mailboxes/*/dbox-Mails',
      '*/dovecot-uidlist */cur',
      'dovecot-uidlist',
    ],
    programs: ['dovecot', 'imap'],
    parts: [
      ['message', 'storage'],
      ['mailbox', 'mailboxes/*'],
      ['mailbox', '*'],
      ['mailbox', '.*'],
    ],
    levers: [
      { command: 'doveadm expunge -u USER mailbox Trash savedbefore 30d', loses: 'thrown-away' },
      { command: 'doveadm purge -u USER', loses: 'nothing' },
    ],
    source: 'doveadm-expunge(1), doveadm-purge(1); doc.dovecot.org: dbox',
  },
  {
    store: 'cyrus',
    marks: ['cyrus.header cyrus.index', '*/cyrus.header', 'user/*/cyrus.header', '*/user/*/cyrus.header'],
    programs: ['cyrus-master', 'imapd'],
    parts: [
      ['mailbox', 'user/*'],
      ['mailbox', '*/user/*'],
    ],
    levers: [{ command: 'cyr_expire -E 3 -X 3 -D 3', loses: 'thrown-away', user: 'cyrus' }],
    source: 'cyrusimap.org: cyr_expire(8), delayed expunge and delete',
  },
  {
    store: 'zimbra',
    marks: ['redolog store', 'redolog/redo.log conf/localconfig.xml', 'zmstat conf/localconfig.xml'],
    parts: [
      ['backup', 'backup'],
      ['message', 'store'],
      ['redo-log', 'redolog'],
      ['index', 'index'],
      ['database', 'db'],
      ['log', 'log'],
      ['log', 'zmstat'],
    ],
    logs: /^log\/.*\.log/u,
    levers: [{ command: 'zmbackup -del 14d', loses: 'old-generations', user: 'zimbra' }],
    source: 'wiki.zimbra.com: zmbackup, directory structure',
  },
  {
    store: 'maildir',
    marks: ['cur new tmp'],
    parts: [
      ['message', 'cur'],
      ['message', 'new'],
      ['mailbox', '.*'],
    ],
    levers: [{ command: 'doveadm expunge -u USER mailbox Trash savedbefore 30d', loses: 'thrown-away' }],
    source: 'maildir(5); doveadm-expunge(1)',
  },
  {
    store: 'cups',
    marks: ['c[0-9][0-9][0-9][0-9][0-9] d[0-9]*-[0-9][0-9][0-9]', 'd[0-9][0-9][0-9][0-9][0-9]-001'],
    places: ['print-jobs'],
    extent: /^(?:[cd]\d{5,}(?:-\d{3})?|tmp)$/u,
    programs: ['cupsd'],
    levers: [
      { command: 'lpstat -W completed -o', does: 'shows' },
      { command: 'cancel -a -x', loses: 'content' },
    ],
    source: 'cancel(1), lpstat(1); cupsd.conf(5): MaxJobs, PreserveJobFiles',
  },
];
