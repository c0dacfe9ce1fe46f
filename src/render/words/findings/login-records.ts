/** Records of logins: how many, of whom, and who rotates them. */
import { ageText } from '../../../model/age.ts';
import { countOf, quoted } from '../phrases.ts';
import type { FindingWords } from './finding-words.ts';

export const loginRecordsWords: FindingWords<'login-records'> = {
  title: ({ kind }) => (kind === 'failed' ? 'failed logins (btmp)' : 'records of logins (wtmp)'),
  evidence: ({ kind, records, mostly, lastWrittenAt }, nowSeconds) => [
    `${countOf(records, kind === 'failed' ? 'failed login' : 'login')} recorded, the last ${ageText(Math.max(0, nowSeconds - lastWrittenAt))} ago`,
    ...(mostly === undefined
      ? []
      : [
          `${mostly.count} of the latest ${mostly.of} name ${quoted(mostly.user)}${mostly.host === '' ? '' : ` from ${quoted(mostly.host)}`}`,
        ]),
  ],
  advice: ({ kind, configuration }) =>
    `${kind === 'failed' ? 'somebody guesses passwords: block them (fail2ban, sshd: PasswordAuthentication no); ' : ''}${
      configuration === undefined
        ? 'no rule of logrotate names it: add one (create 0660 root utmp), it is never rotated'
        : `have logrotate turn it over now; ${quoted(configuration)} can do so more often (maxsize)`
    }; lastb and last read it, so it is no file to edit`,
};
