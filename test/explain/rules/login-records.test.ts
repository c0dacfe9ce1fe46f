/** Failed logins: how many, whose name is guessed from where, and never a truncation of what lastb reads. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { needsTool, unless } from '../../support/requirements.ts';
import { content, directory, file } from '../../support/tree.ts';

/** struct utmp as sshd writes it: LOGIN_PROCESS, a user, a host. */
function record(user: string, host: string): Buffer {
  const bytes = Buffer.alloc(384);
  bytes.writeInt16LE(6, 0);
  bytes.write('ssh:notty', 8);
  bytes.write(user, 44);
  bytes.write(host, 76);
  bytes.writeInt32LE(1_790_000_000, 340);
  return bytes;
}

test(
  'the name and the host that are tried most',
  { skip: unless(needsOtherRoot, needsTool('lastb')) },
  async () => {
    using root = await otherRoot({
      etc: directory({
        'logrotate.conf': content('include /etc/logrotate.d\n'),
        'logrotate.d': directory({ btmp: content('/var/log/btmp {\n monthly\n rotate 1\n}\n') }),
      }),
      var: directory({ log: directory({ 'btmp.1': file(0) }) }),
    });
    const records = Array.from({ length: 16_000 }, (_, index) =>
      index % 4 === 0 ? record('admin', '10.0.0.7') : record('root', '203.0.113.9'),
    );
    writeFileSync(`${root.path}/var/log/btmp`, Buffer.concat(records));
    // What we write is what lastb reads.
    assert.match(
      execFileSync('lastb', ['-n', '1', '-f', `${root.path}/var/log/btmp`], { encoding: 'utf8' }),
      /^root /u,
    );
    const [finding] = await root.findings('login-records');
    assert.equal(finding.title, 'failed logins (btmp)');
    assert.match(finding.evidence[0], /^16,000 failed logins recorded/u);
    assert.match(finding.evidence[1], /^750 of the latest 1000 name root from 203\.0\.113\.9$/u);
    assert.equal(finding.remedy.command, 'logrotate -f /etc/logrotate.d/btmp');
  },
);

test('without a rule of logrotate a look is all', { skip: needsOtherRoot }, async () => {
  using root = await otherRoot({ var: directory({ log: directory({ btmp: file(5 * 2 ** 20) }) }) });
  const [finding] = await root.findings('login-records');
  assert.match(finding.remedy.command ?? '', /^lastb /u);
});
