/** Mail that nobody fetches: who sends it and about what; the box is never to be deleted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { content, directory, file } from '../../support/tree.ts';
import { MIB } from '../../support/rule-disk.ts';

const cron = (subject: string): string =>
  `From root@host Thu Jan  1 00:00:00 2026\nFrom: root@host\nSubject: ${subject}\n\ncannot connect\n\n`;

test('mostly one job of cron', { skip: needsOtherRoot }, async () => {
  const text = `${cron('Cron <root@host> /usr/local/bin/sync').repeat(30_000)}${cron('logwatch').repeat(3)}`;
  using root = await otherRoot({
    etc: directory({}),
    var: directory({ mail: directory({ root: content(text), ann: file(2 * MIB) }) }),
  });
  const [finding, ...more] = await root.findings('mailbox');
  assert.deepEqual(more, []);
  assert.deepEqual([...finding.paths], ['/var/mail/root', '/var/mail/ann']);
  assert.equal(finding.risk, 'never');
  assert.equal(finding.freeableBytes, 0);
  assert.match(
    finding.evidence[0],
    /messages are "Cron <root@host> \/usr\/local\/bin\/sync" from root@host$/u,
  );
  assert.match(finding.remedy.text, /MAILTO=/u);
  assert.match(finding.remedy.command ?? '', /^tail /u);
});

test("small boxes are nobody's trouble", { skip: needsOtherRoot }, async () => {
  using root = await otherRoot({ var: directory({ mail: directory({ root: content(cron('x')) }) }) });
  assert.deepEqual(await root.findings('mailbox'), []);
});
